import { useEffect, useMemo, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Button, Card, Empty, Page, Segments, Select } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import css from './mail-channel.module.css'
import { MailList } from './mail-list.ts'
import { MailThread } from './mail-thread.tsx'
import { mailSentences } from './sentences.ts'

type State = 'open' | 'answered' | 'closed' | 'spam'

const states: readonly State[] = ['open', 'answered', 'closed', 'spam']
const everywhere = 'all'

/** Conversations of the mailboxes that somebody may read, the spam folder too; one of them large. */
export function Screen({ params }: { readonly params: Readonly<Record<string, string | undefined>> }) {
  const app = useApp()
  const { api, events, showFault, router } = app
  const text = useText(mailSentences)
  const format = useFormat()
  const [boxes, setBoxes] = useState<ReplyOf<'listMyMailChannels'>['items']>([])
  const [box, setBox] = useState<string>(everywhere)
  const [state, setState] = useState<State>('open')
  const chosen = params['conversation']
  const model = useMemo(
    () => new MailList(api, { state, ...(box === everywhere ? {} : { mailboxId: box }) }),
    [api, state, box],
  )
  const { items: list, next } = useValue(model.state)
  useEffect(() => {
    api.call('listMyMailChannels').then(({ items }) => setBoxes(items), showFault)
  }, [api, showFault])
  useEffect(() => model.follow(events, showFault), [model, events, showFault])
  return (
    <Page title={text('title')}>
      <div className={`${css.split} ${chosen === undefined ? '' : css.isChosen}`}>
        <div className={`${css.thread} ${css.list}`}>
          {boxes.length > 1 && (
            <Select
              label={text('mailbox')}
              choices={[{ id: everywhere, label: text('all') }, ...boxes.map(({ id, name }) => ({ id, label: name }))]}
              value={box}
              onChange={setBox}
            />
          )}
          <Segments
            label={text('title')}
            choices={states.map((id) => ({ id, label: text(id) }))}
            value={state}
            onChange={setState}
          />
          {list?.length === 0 && (
            <Empty icon="mail" title={text('none')}>
              {state === 'open' && <p>{text('noneText')}</p>}
            </Empty>
          )}
          {list !== undefined && list.length > 0 && (
            <ul className={css.rows}>
              {list.map((one) => (
                <li key={one.id}>
                  <a
                    className={css.row}
                    href={`/mail/${one.id}`}
                    aria-current={one.id === chosen}
                    onClick={(event) => {
                      event.preventDefault()
                      router.go(`/mail/${one.id}`)
                    }}
                  >
                    <span className={css.head}>
                      <strong>{one.customer.name ?? (one.customer.address || text('unknown'))}</strong>
                      <time className={css.quiet} dateTime={one.lastAt}>
                        {format.moment(Date.parse(one.lastAt), Date.now())}
                      </time>
                    </span>
                    <span>{one.subject || text('noSubject')}</span>
                    {one.hasBounced && <Badge tone="bad">{text('nature.bounce')}</Badge>}
                  </a>
                </li>
              ))}
            </ul>
          )}
          {next !== undefined && <Button onPress={() => void model.more().catch(showFault)}>{text('more')}</Button>}
        </div>
        {chosen === undefined ? (
          list !== undefined && list.length > 0 && <Empty icon="mail" title={text('choose')} />
        ) : (
          <Card title={list?.find(({ id }) => id === chosen)?.subject ?? text('title')}>
            <div className={css.keys}>
              <Button size="small" icon="arrow-left" onPress={() => router.go('/mail')}>
                {text('back')}
              </Button>
            </div>
            <MailThread key={chosen} id={chosen} canWork />
          </Card>
        )}
      </div>
    </Page>
  )
}
