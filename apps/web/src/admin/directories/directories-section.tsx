import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import {
  Badge,
  Banner,
  Button,
  Card,
  Empty,
  Line,
  Page,
  Quiet,
  Terms,
  type Tone,
  useQuestion,
} from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { DirectoryDialog } from './directory-dialog.tsx'
import type { ExternalDirectory } from './directory-form.ts'
import { directorySentences } from './directory-sentences.ts'
import { LeftOutLines } from './left-out.tsx'

const tones: Readonly<Record<ExternalDirectory['health']['state'], Tone>> = {
  off: 'info',
  waiting: 'info',
  reading: 'info',
  well: 'good',
  failing: 'bad',
}

/** Directories by LDAP from which contacts come, and how reading them goes. */
export function Section() {
  const words = useWords()
  const { shell } = words
  const { api, events, toasts, showFault } = useApp()
  const text = useText(directorySentences)
  const format = useFormat()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [listed, setListed] = useState<ReplyOf<'listExternalDirectories'>>()
  const [edited, setEdited] = useState<ExternalDirectory | 'new'>()
  const load = useCallback(() => {
    api.call('listExternalDirectories').then(setListed, showFault)
  }, [api, showFault])
  useEffect(load, [load])
  useEffect(() => {
    const stops = [
      events.onNotice('externalDirectory.health', load),
      events.onEvent(({ kind }) => {
        if (kind.startsWith('externalDirectory.')) load()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [events, load])
  const readNow = ({ id }: ExternalDirectory) => {
    api.call('readExternalDirectoryNow', { params: { directoryId: id } }).then(load, showFault)
  }
  const askRemove = ({ id, name }: ExternalDirectory) =>
    ask({
      title: text('removeTitle', { name }),
      text: text('removeText'),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeExternalDirectory', { params: { directoryId: id } })
        toasts.show({ tone: 'good', text: text('removed', { name }) })
        load()
      },
    })
  const askAccept = ({ id }: ExternalDirectory, missing: number) =>
    ask({
      title: text('acceptTitle', { missing }),
      text: text('acceptText'),
      yes: text('accept'),
      isDanger: true,
      run: async () => {
        await api.call('acceptMissingEntries', { params: { directoryId: id } })
        load()
      },
    })
  const held = listed?.items.filter(({ health }) => health.held !== undefined) ?? []
  return (
    <Page
      title={text('title')}
      tools={
        <Button kind="primary" icon="plus" isDisabled={!listed} onPress={() => setEdited('new')}>
          {text('make')}
        </Button>
      }
    >
      {dialog}
      {held.map((directory) => {
        const { missing = 0, known = 0 } = directory.health.held ?? {}
        return (
          <Banner
            key={directory.id}
            tone="warn"
            tools={
              <Button size="small" onPress={() => askAccept(directory, missing)}>
                {text('accept')}
              </Button>
            }
          >
            {text('held', { missing, known, name: directory.name })}
          </Banner>
        )
      })}
      <Quiet>{text('hint')}</Quiet>
      {listed?.items.length === 0 && <Empty icon="people" title={text('none')} />}
      {listed?.items.map((directory) => (
        <Card
          key={directory.id}
          title={directory.name}
          tools={
            <Line>
              {directory.isOn && (
                <Button
                  size="small"
                  isDisabled={directory.health.state === 'reading'}
                  onPress={() => readNow(directory)}
                >
                  {text('readNow')}
                </Button>
              )}
              <Button size="small" icon="edit" onPress={() => setEdited(directory)}>
                {shell.edit}
              </Button>
              <Button size="small" icon="trash" onPress={() => askRemove(directory)}>
                {shell.remove}
              </Button>
            </Line>
          }
        >
          <Terms
            items={[
              [text('where'), `${directory.server.host}:${directory.server.port}`],
              [text('contacts'), format.number(directory.health.contacts)],
              [text('state'), <Health key="state" health={directory.health} />],
            ]}
          />
        </Card>
      ))}
      {edited && listed && (
        <DirectoryDialog
          directory={edited === 'new' ? undefined : edited}
          presets={listed.presets}
          onClose={() => {
            setEdited(undefined)
            load()
          }}
        />
      )}
    </Page>
  )
}

/** How reading goes, in words. */
function Health({ health }: { readonly health: ExternalDirectory['health'] }) {
  const text = useText(directorySentences)
  const format = useFormat()
  const { clock } = useApp()
  const { state, readAt, nextAt, leftOut, failing } = health
  const at = (time: string) => format.moment(Date.parse(time), clock.nowMs())
  const times = [
    ...(readAt === undefined ? [] : [text('readAt', { time: at(readAt) })]),
    ...(nextAt === undefined || state === 'reading' ? [] : [text('nextAt', { time: at(nextAt) })]),
  ]
  return (
    <>
      <Badge tone={tones[state]}>{text(`state.${state}`)}</Badge>
      {failing && (
        <>
          <p>{text(`trouble.${failing.trouble}`)}</p>
          <div>{text('failingSince', { time: at(failing.since) })}</div>
          <Quiet>{text('said', { detail: failing.detail })}</Quiet>
        </>
      )}
      {times.length > 0 && (
        <div>
          <Quiet>{times.join(' · ')}</Quiet>
        </div>
      )}
      {leftOut && <LeftOutLines leftOut={leftOut} />}
    </>
  )
}
