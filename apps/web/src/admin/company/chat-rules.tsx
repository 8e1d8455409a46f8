import type { Sentences } from '@vaxel/site'
import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Card, Line, Quiet, TextField, useQuestion } from '../../look/index.ts'
import { faultText } from '../../app/app.ts'
import { useText } from '../../words/use-text.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'

type Found = ReplyOf<'readChatPolicy'>
type Policy = Found['policy']

const megabyte = 1_000_000
const sentences = {
  title: { en: 'Chat', sv: 'Chatt', fr: 'Messagerie' },
  retention: {
    en: 'Keep texts and files for days',
    sv: 'Behåll texter och filer i dagar',
    fr: 'Conserver textes et fichiers, en jours',
  },
  retentionHint: { en: 'Left empty: for ever.', sv: 'Tomt: för alltid.', fr: 'Vide : pour toujours.' },
  file: { en: 'Largest file, MB', sv: 'Största fil, MB', fr: 'Plus grand fichier, Mo' },
  quota: {
    en: 'All files of the company, MB',
    sv: 'Alla filer i företaget, MB',
    fr: 'Tous les fichiers de la société, Mo',
  },
  edit: {
    en: 'Minutes in which a sender may change a message',
    sv: 'Minuter då avsändaren får ändra ett meddelande',
    fr: 'Minutes pendant lesquelles l’auteur peut modifier un message',
  },
  used: { en: 'Files take {used} now.', sv: 'Filerna tar {used} nu.', fr: 'Les fichiers occupent {used}.' },
  noScanner: {
    en: 'No virus scanner looks at files.',
    sv: 'Ingen virusskanner granskar filerna.',
    fr: 'Aucun antivirus n’examine les fichiers.',
  },
  scanner: {
    en: 'Files are looked at by {scanner}.',
    sv: 'Filerna granskas av {scanner}.',
    fr: 'Les fichiers sont examinés par {scanner}.',
  },
  shorter: {
    en: 'Texts and files older than {days} days are deleted within the hour, for good.',
    sv: 'Texter och filer äldre än {days} dagar raderas inom en timme, för gott.',
    fr: 'Les textes et fichiers de plus de {days} jours seront supprimés dans l’heure, définitivement.',
  },
  saved: { en: 'Chat is set', sv: 'Chatten är inställd', fr: 'La messagerie est réglée' },
  whole: { en: 'A whole number, please.', sv: 'Ange ett heltal.', fr: 'Un nombre entier, s’il vous plaît.' },
} satisfies Sentences<string>

/** How long chat is kept, and how much of it. */
export function ChatRules() {
  const { api, showFault } = useApp()
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    api.call('readChatPolicy').then(setFound, showFault)
  }, [api, showFault])
  return found ? (
    <Form key={JSON.stringify(found.policy)} found={found} onSaved={(policy) => setFound({ ...found, policy })} />
  ) : null
}

function Form({ found, onSaved }: { readonly found: Found; readonly onSaved: (policy: Policy) => void }) {
  const words = useWords()
  const format = useFormat()
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const { policy, usedBytes, scanner } = found
  const [days, setDays] = useState(policy.retentionDays === null ? '' : String(policy.retentionDays))
  const [fileMb, setFileMb] = useState(String(Math.round(policy.mostFileBytes / megabyte)))
  const [quotaMb, setQuotaMb] = useState(String(Math.round(policy.quotaBytes / megabyte)))
  const [minutes, setMinutes] = useState(String(policy.editMinutes))
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const text = useText(sentences)
  const isWhole = (value: string) => /^\d{1,9}$/.test(value.trim())
  const wrong = (value: string, mayBeEmpty = false) =>
    isWhole(value) || (mayBeEmpty && value.trim() === '') ? undefined : text('whole')
  const isRight = !wrong(days, true) && ![fileMb, quotaMb, minutes].some((value) => wrong(value))
  const retentionDays = days.trim() === '' ? null : Number(days)
  const isShorter = retentionDays !== null && (policy.retentionDays === null || retentionDays < policy.retentionDays)
  const put = async () => {
    const saved = await api.call('setChatPolicy', {
      body: {
        retentionDays,
        mostFileBytes: Number(fileMb) * megabyte,
        quotaBytes: Number(quotaMb) * megabyte,
        editMinutes: Number(minutes),
      },
    })
    toasts.show({ tone: 'good', text: text('saved') })
    onSaved(saved)
  }
  const save = () =>
    isShorter
      ? ask({
          title: text('title'),
          text: text('shorter', { days: retentionDays }),
          yes: words.shell.save,
          isDanger: true,
          run: put,
        })
      : submit.run(put)
  return (
    <Card title={text('title')}>
      {dialog}
      <div className={css.form}>
        <TextField
          label={text('retention')}
          hint={text('retentionHint')}
          value={days}
          onChange={setDays}
          mistake={wrong(days, true) ?? submit.mistakeAt('/retentionDays')}
          inputMode="numeric"
        />
        <TextField
          label={text('edit')}
          value={minutes}
          onChange={setMinutes}
          mistake={wrong(minutes) ?? submit.mistakeAt('/editMinutes')}
          inputMode="numeric"
        />
        <TextField
          label={text('file')}
          value={fileMb}
          onChange={setFileMb}
          mistake={wrong(fileMb) ?? submit.mistakeAt('/mostFileBytes')}
          inputMode="numeric"
        />
        <TextField
          label={text('quota')}
          value={quotaMb}
          onChange={setQuotaMb}
          mistake={wrong(quotaMb) ?? submit.mistakeAt('/quotaBytes')}
          inputMode="numeric"
        />
      </div>
      <Quiet>
        {text('used', { used: format.bytes(usedBytes) })}{' '}
        {scanner === null ? text('noScanner') : text('scanner', { scanner })}
      </Quiet>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <Line>
        <Button kind="primary" isDisabled={submit.isBusy || !isRight} onPress={save}>
          {words.shell.save}
        </Button>
      </Line>
    </Card>
  )
}
