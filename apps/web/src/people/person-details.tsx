import { useApp } from '../app/use-app.ts'
import { Badge, Button, Icon, IconButton, Terms } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './people.module.css'
import type { Person } from './person.ts'

/** What stands in an address cannot add a subject or other receivers (RFC 6068 §2). */
const mailTo = (email: string): string => `mailto:${encodeURIComponent(email).replace('%40', '@')}`

/** The ways to reach somebody, the best first. */
export function Reach({ person, isOwn }: { readonly person: Person; readonly isOwn: boolean }) {
  const { people } = useWords()
  const { services } = useApp()
  const [number] = person.numbers
  const [email] = person.emails ?? []
  const mayCall = number && services.callNumber
  const mayChat = person.kind === 'colleague' && services.chatWith
  if (isOwn || (!mayCall && !mayChat && email === undefined)) return null
  return (
    <div className={css.reach}>
      {mayCall && (
        <Button kind="primary" icon="call" onPress={() => services.callNumber?.(number.number, person.name)}>
          {people.callShort}
        </Button>
      )}
      {mayChat && (
        <Button icon="chat" onPress={() => services.chatWith?.(person.id)}>
          {people.chat}
        </Button>
      )}
      {email !== undefined && (
        <a className={css.mail} href={mailTo(email)}>
          <Icon name="mail" />
          {people.mail}
        </a>
      )}
    </div>
  )
}

/** Everything about somebody, with a button to call or copy each number. */
export function PersonDetails({ person }: { readonly person: Person }) {
  const { people } = useWords()
  const { services, toasts, showFault } = useApp()
  const { numbers, emails = [], skills = [], location, notes, sipAddress, from } = person
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(() => toasts.show({ tone: 'good', text: people.copied }), showFault)
  }
  const lines: (readonly [string, React.ReactNode])[] = numbers.map(({ number, text, kind }, i) => [
    numbers.findIndex((other) => other.kind === kind) === i
      ? people.numberKinds[kind]
      : `${people.numberKinds[kind]} ${i + 1}`,
    <span key={number} className={css.value}>
      {services.callNumber ? (
        <Button
          kind="quiet"
          aria-label={people.call(person.name, text)}
          onPress={() => services.callNumber?.(number, person.name)}
        >
          {text}
        </Button>
      ) : (
        <a href={`tel:${number}`}>{text}</a>
      )}
      <IconButton icon="copy" size="small" label={people.copy(text)} onPress={() => copy(number)} />
    </span>,
  ])
  emails.forEach((email, i) =>
    lines.push([
      i === 0 ? people.mail : `${people.mail} ${i + 1}`,
      <span key={email} className={css.value}>
        <a href={mailTo(email)}>{email}</a>
        <IconButton icon="copy" size="small" label={people.copy(email)} onPress={() => copy(email)} />
      </span>,
    ]),
  )
  if (location !== undefined) lines.push([people.fields.location, location])
  if (skills.length > 0)
    lines.push([
      people.fields.skills,
      <span key="skills" className={css.skills}>
        {skills.map((skill) => (
          <Badge key={skill}>{skill}</Badge>
        ))}
      </span>,
    ])
  if (sipAddress !== undefined) lines.push([people.fields.sip, sipAddress])
  if (from !== undefined) lines.push([people.fields.from, from])
  if (notes !== undefined)
    lines.push([
      people.fields.notes,
      <span key="notes" className={css.notes}>
        {notes}
      </span>,
    ])
  return <Terms items={lines} />
}
