import type { Sentences } from '@vaxel/site'
import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { faultText } from '../../app/app.ts'
import {
  Badge,
  Banner,
  Button,
  Empty,
  Line,
  Page,
  Table,
  type TableColumn,
  type Tone,
  useQuestion,
} from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useFormat, useWords } from '../../words/use-words.ts'

type Found = ReplyOf<'listMails'>
type Mail = Found['items'][number]

const sentences = {
  to: { en: 'To', sv: 'Till', fr: 'À' },
  subject: { en: 'Subject', sv: 'Ämne', fr: 'Objet' },
  state: { en: 'State', sv: 'Läge', fr: 'État' },
  when: { en: 'When', sv: 'När', fr: 'Quand' },
  none: {
    en: 'No mails were written in the last 30 days.',
    sv: 'Inga brev de senaste 30 dagarna.',
    fr: 'Aucun courrier ces 30 derniers jours.',
  },
  noServer: {
    en: 'No mail server is set, so mails wait. Set VAXEL_SMTP_URL and VAXEL_MAIL_FROM and start the server anew.',
    sv: 'Ingen e-postserver är inställd, så breven väntar. Ange VAXEL_SMTP_URL och VAXEL_MAIL_FROM och starta om servern.',
    fr: 'Aucun serveur de courrier n’est réglé : les courriers attendent. Réglez VAXEL_SMTP_URL et VAXEL_MAIL_FROM et redémarrez le serveur.',
  },
  waiting: { en: 'Waits until {time}', sv: 'Väntar till {time}', fr: 'Attend jusqu’à {time}' },
  sending: { en: 'Being sent', sv: 'Skickas', fr: 'Envoi en cours' },
  sent: { en: 'Sent', sv: 'Skickat', fr: 'Envoyé' },
  held: { en: 'Perhaps delivered', sv: 'Kanske framme', fr: 'Peut-être remis' },
  failed: { en: 'Failed', sv: 'Misslyckades', fr: 'Échec' },
  retry: { en: 'Try now', sv: 'Försök nu', fr: 'Réessayer' },
  heldAsk: {
    en: 'Nobody knows whether {to} has this mail already. Send it again?',
    sv: 'Ingen vet om {to} redan har fått brevet. Skicka det igen?',
    fr: 'Nul ne sait si {to} a déjà reçu ce courrier. L’envoyer de nouveau ?',
  },
} satisfies Sentences<string>

const tones: Readonly<Record<Mail['state'], Tone>> = {
  waiting: 'info',
  sending: 'info',
  sent: 'good',
  held: 'warn',
  failed: 'bad',
}

/** Mails that go out: what waits, what was sent, and what a person has to decide. */
export function Section() {
  const words = useWords()
  const format = useFormat()
  const { api, clock, events, showFault } = useApp()
  const [found, setFound] = useState<Found>()
  const [asked, setAsked] = useState(0)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const text = useText(sentences)
  useEffect(() => {
    api.call('listMails').then(setFound, showFault)
  }, [api, showFault, asked])
  useEffect(
    () =>
      events.onEvent(({ kind }) => {
        if (kind.startsWith('mail.')) setAsked((count) => count + 1)
      }),
    [events],
  )
  const again = () => setAsked((count) => count + 1)
  const retry = async ({ id }: Mail) => {
    await api.call('retryMail', { params: { mailId: id } })
    again()
  }
  const remove = ({ id }: Mail) => void api.call('removeMail', { params: { mailId: id } }).then(again, showFault)
  const askRetry = (mail: Mail) =>
    mail.state === 'held'
      ? ask({
          title: mail.subject,
          text: text('heldAsk', { to: mail.to }),
          yes: text('retry'),
          run: () => retry(mail),
        })
      : void retry(mail).catch(showFault)
  const columns: TableColumn<Mail>[] = [
    { id: 'to', title: text('to'), cell: ({ to }) => to },
    { id: 'subject', title: text('subject'), cell: ({ subject }) => subject },
    {
      id: 'state',
      title: text('state'),
      cell: ({ state, at, fault }) => (
        <>
          <Badge tone={tones[state]}>{text(state, { time: format.moment(Date.parse(at), clock.nowMs()) })}</Badge>{' '}
          {fault}
        </>
      ),
    },
    { id: 'when', title: text('when'), cell: ({ createdAt }) => format.moment(Date.parse(createdAt), clock.nowMs()) },
    {
      id: 'tools',
      title: '',
      cell: (mail) =>
        mail.state !== 'sending' && (
          <Line>
            {mail.state !== 'sent' && (
              <Button size="small" onPress={() => askRetry(mail)}>
                {text('retry')}
              </Button>
            )}
            <Button size="small" onPress={() => remove(mail)}>
              {words.shell.remove}
            </Button>
          </Line>
        ),
    },
  ]
  return (
    <Page title={words.admin.sections.mail}>
      {dialog}
      {found && !found.hasServer && <Banner tone="warn">{text('noServer')}</Banner>}
      {found && (
        <Table
          label={words.admin.sections.mail}
          columns={columns}
          rows={found.items}
          empty={<Empty icon="mail" title={text('none')} />}
        />
      )}
    </Page>
  )
}
