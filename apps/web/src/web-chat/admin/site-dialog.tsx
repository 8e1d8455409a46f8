import { useState } from 'react'
import type { ReplyOf, RequestOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Switch, TextField } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import { chatSiteSentences } from './sentences.ts'

export type ChatSite = ReplyOf<'listChatSites'>['items'][number]
type Wish = RequestOf<'createChatSite'>['body']

/** A website is given a chat, or its chat is set anew. @param queues those that take chats */
export function SiteDialog({
  site,
  queues,
  onClose,
}: {
  readonly site: ChatSite | undefined
  readonly queues: readonly { readonly id: string; readonly name: string }[]
  readonly onClose: () => void
}) {
  const { shell } = useWords()
  const { api } = useApp()
  const text = useText(chatSiteSentences)
  const submit = useSubmit()
  const [name, setName] = useState(site?.name ?? '')
  const [queueId, setQueueId] = useState(site?.queueId ?? queues[0]?.id)
  const [origins, setOrigins] = useState(site?.origins.join('\n') ?? '')
  const [asks, setAsks] = useState<Wish['asks']>(site?.asks ?? 'name')
  const [greeting, setGreeting] = useState(site?.greeting ?? '')
  const [consent, setConsent] = useState(site?.consent ?? '')
  const [privacyUrl, setPrivacyUrl] = useState(site?.privacyUrl ?? '')
  const [offlineMail, setOfflineMail] = useState(site?.offlineMail ?? '')
  const [offersVoice, setOffersVoice] = useState(site?.offersVoice ?? false)
  const [keepDays, setKeepDays] = useState(String(site?.keepDays ?? 90))
  const save = () =>
    submit.run(async () => {
      const body: Wish = {
        name: name.trim(),
        queueId: queueId ?? '',
        origins: origins
          .split(/\s+/)
          .filter((line) => line !== '')
          .map(asOrigin),
        asks,
        greeting: greeting.trim(),
        consent: consent.trim(),
        offersVoice,
        keepDays: Number(keepDays),
        ...(privacyUrl.trim() === '' ? {} : { privacyUrl: privacyUrl.trim() }),
        ...(offlineMail.trim() === '' ? {} : { offlineMail: offlineMail.trim() }),
      }
      if (site) await api.call('changeChatSite', { params: { siteId: site.id }, body })
      else await api.call('createChatSite', { body })
      onClose()
    })
  return (
    <Dialog
      title={site ? text('edit', { name: site.name }) : text('make')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button
            kind="primary"
            isDisabled={submit.isBusy || name.trim() === '' || origins.trim() === ''}
            onPress={save}
          >
            {shell.save}
          </Button>
        </>
      }
    >
      <TextField label={text('name')} value={name} onChange={setName} mistake={submit.mistakeAt('/name')} isRequired />
      <Select
        label={text('queue')}
        choices={queues.map((queue) => ({ id: queue.id, label: queue.name }))}
        value={queueId}
        onChange={setQueueId}
      />
      <TextField
        label={text('origins')}
        hint={text('originsHint')}
        value={origins}
        onChange={setOrigins}
        mistake={submit.mistakeAt('/origins') ?? submit.mistakeAt('/origins/0')}
        isLong
        isRequired
      />
      <Select
        label={text('asks')}
        choices={(['nothing', 'name', 'nameAndAddress'] as const).map((id) => ({ id, label: text(`asks.${id}`) }))}
        value={asks}
        onChange={setAsks}
      />
      <TextField label={text('greeting')} hint={text('empty')} value={greeting} onChange={setGreeting} isLong />
      <TextField label={text('consent')} hint={text('empty')} value={consent} onChange={setConsent} isLong />
      <TextField
        label={text('privacyUrl')}
        value={privacyUrl}
        onChange={setPrivacyUrl}
        inputMode="url"
        mistake={submit.mistakeAt('/privacyUrl')}
      />
      <TextField
        label={text('offlineMail')}
        value={offlineMail}
        onChange={setOfflineMail}
        inputMode="email"
        mistake={submit.mistakeAt('/offlineMail')}
      />
      <TextField
        label={text('keepDays')}
        value={keepDays}
        onChange={(typed) => setKeepDays(typed.replace(/\D/g, ''))}
        inputMode="numeric"
        mistake={submit.mistakeAt('/keepDays')}
      />
      <Switch isOn={offersVoice} onChange={setOffersVoice}>
        {text('offersVoice')}
      </Switch>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}

/** An address as people paste it, without what comes after the host. */
function asOrigin(typed: string): string {
  try {
    return new URL(typed.includes('://') ? typed : `https://${typed}`).origin
  } catch {
    return typed
  }
}
