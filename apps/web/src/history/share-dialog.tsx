import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Checkbox, Dialog, IconButton, Select, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import type { Share } from './call-view-model.ts'
import css from './history.module.css'

const lifetimes = ['1', '7', '30', '90'] as const

/** Makes links to a call, and takes them back. */
export function ShareDialog({ callId, onClose }: { readonly callId: string; readonly onClose: () => void }) {
  const { history, shell } = useWords()
  const format = useFormat()
  const { api, toasts, showFault } = useApp()
  const submit = useSubmit()
  const [days, setDays] = useState<(typeof lifetimes)[number]>('7')
  const [hidesNumbers, setHides] = useState(true)
  const [link, setLink] = useState<string>()
  const [shares, setShares] = useState<readonly Share[]>([])
  const params = { callId }
  const load = () => {
    api.call('listCallShares', { params: { callId } }).then(({ items }) => setShares(items), showFault)
  }
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(load, [api, callId])
  const make = () =>
    submit.run(async () => {
      const { path } = await api.call('createCallShare', { params, body: { days: Number(days), hidesNumbers } })
      setLink(new URL(path, document.baseURI).href)
      load()
    })
  const copy = () => {
    if (link === undefined) return
    void navigator.clipboard.writeText(link).then(() => toasts.show({ tone: 'good', text: history.copied }))
  }
  const takeBack = (shareId: string) => {
    api.call('removeCallShare', { params: { callId, shareId } }).then(() => {
      setLink(undefined)
      load()
    }, showFault)
  }
  return (
    <Dialog
      title={history.shareTitle}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.close}</Button>
          {link === undefined ? (
            <Button kind="primary" icon="link" isDisabled={submit.isBusy} onPress={make}>
              {history.makeLink}
            </Button>
          ) : (
            <Button kind="primary" icon="copy" onPress={copy}>
              {history.copy}
            </Button>
          )}
        </>
      }
    >
      <p>{history.shareLead}</p>
      {link === undefined ? (
        <>
          <Select
            label={history.shareDays}
            value={days}
            onChange={setDays}
            choices={lifetimes.map((id) => ({ id, label: history.days(Number(id)) }))}
          />
          <Checkbox isOn={hidesNumbers} onChange={setHides}>
            {history.hideNumbers}
          </Checkbox>
        </>
      ) : (
        <TextField label={history.link} hint={history.linkOnce} value={link} isReadOnly autoFocus />
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      {shares.length > 0 && (
        <section aria-label={history.links}>
          <h3>{history.links}</h3>
          <ul className={css.shares}>
            {shares.map((share) => (
              <li key={share.id}>
                <span>
                  {history.linkUntil(format.dateTime(Date.parse(share.expiresAt)))}
                  {share.hidesNumbers && <span className={css.under}> {history.numbersHidden}</span>}
                </span>
                <IconButton icon="trash" label={history.takeBack} onPress={() => takeBack(share.id)} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}
