import { useEffect, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { useApp, useMe } from '../app/use-app.ts'
import { Banner, Button, Dialog, IconButton, Radios, Select, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import {
  type Contact,
  type ContactDraft,
  type ContactKind,
  contactPatch,
  draftOf,
  newContact,
  numberIndex,
  numberKinds,
} from './contact-draft.ts'
import css from './people.module.css'
import { PhotoField } from './photo-field.tsx'

/** A new contact, or one that is changed: its form and what is wrong with it, field by field. */
export function ContactForm({
  contactId,
  known,
  onClose,
  onSaved,
}: {
  readonly contactId?: string
  readonly known?: Partial<Contact>
  readonly onClose: () => void
  readonly onSaved: (contact: Contact) => void
}) {
  const words = useWords()
  const { people, shell } = words
  const { api, toasts } = useApp()
  const { user } = useMe()
  const [before, setBefore] = useState<Contact>()
  const [first, setFirst] = useState(() => draftOf(known))
  const [draft, setDraft] = useState(first)
  const [kind, setKind] = useState<ContactKind>('personal')
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    if (contactId === undefined) return
    api.call('readContact', { params: { contactId } }).then((contact) => {
      setBefore(contact)
      setFirst(draftOf(contact))
      setDraft(draftOf(contact))
    }, setFault)
  }, [api, contactId])
  const set = (patch: Partial<ContactDraft>) => setDraft((now) => ({ ...now, ...patch }))
  const mistakes = fault instanceof ApiFault ? fault.mistakes : []
  const isWrong = (path: string) => mistakes.some((one) => one.path === path || one.path.startsWith(`${path}/`))
  const text = (
    field: Exclude<keyof ContactDraft, 'numbers'>,
    more: { hint?: string; isLong?: boolean; autoFocus?: boolean } = {},
  ) => (
    <TextField
      label={people.fields[field]}
      value={draft[field]}
      onChange={(value) => set({ [field]: value })}
      mistake={isWrong(`/${field}`) ? mistakeOf(field) : undefined}
      {...more}
    />
  )
  const mistakeOf = (field: string): string =>
    field === 'name' ? people.mistakes.name : field === 'emails' ? people.mistakes.email : people.mistakes.tooLong
  const save = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const saved =
        contactId === undefined
          ? await api.call('createContact', { body: newContact(draft, kind) })
          : await api.call('changeContact', { params: { contactId }, body: contactPatch(first, draft) })
      toasts.show({ tone: 'good', text: people.saved })
      onSaved(saved)
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  const isThere = contactId === undefined || before !== undefined
  return (
    <Dialog
      title={contactId === undefined ? people.newTitle : people.editTitle(before?.name ?? '')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={isBusy || !isThere} onPress={() => void save()}>
            {shell.save}
          </Button>
        </>
      }
    >
      {fault !== undefined && mistakes.length === 0 && (
        <Banner tone="bad" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isThere && !isBusy) void save()
        }}
      >
        {contactId === undefined && user.role !== 'user' && (
          <Radios
            label={people.whoSees}
            choices={(['personal', 'shared'] as const).map((id) => ({ id, label: people.seenBy[id] }))}
            value={kind}
            onChange={setKind}
          />
        )}
        {before && <PhotoField of={before} onChanged={(photo) => setBefore(withPhoto(before, photo))} />}
        <div className={css.columns}>
          {text('name', { autoFocus: contactId === undefined })}
          {text('organisation')}
          {text('title')}
          {text('department')}
        </div>
        <Numbers draft={draft} set={set} isWrong={isWrong} />
        <div className={css.columns}>
          {text('emails', { hint: people.hints.commas })}
          {text('skills', { hint: people.hints.commas })}
          {text('location')}
        </div>
        {text('notes', { isLong: true })}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

const withPhoto = ({ photo: _, ...contact }: Contact, photo: string | undefined): Contact =>
  photo === undefined ? contact : { ...contact, photo }

function Numbers({
  draft,
  set,
  isWrong,
}: {
  readonly draft: ContactDraft
  readonly set: (patch: Partial<ContactDraft>) => void
  readonly isWrong: (path: string) => boolean
}) {
  const { people } = useWords()
  const { numbers } = draft
  const change = (line: number, patch: Partial<(typeof numbers)[number]>) =>
    set({ numbers: numbers.map((number, i) => (i === line ? { ...number, ...patch } : number)) })
  return (
    <fieldset className={css.numbers}>
      <legend>{people.fields.numbers}</legend>
      {numbers.map((number, line) => (
        // A line has no name but its place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={line} className={css.numberLine}>
          <Select
            label={people.fields.numberKind(line + 1)}
            choices={numberKinds.map((id) => ({ id, label: people.numberKinds[id] }))}
            value={number.kind}
            onChange={(kind) => change(line, { kind })}
          />
          <TextField
            label={people.fields.number(line + 1)}
            type="tel"
            value={number.number}
            onChange={(value) => change(line, { number: value })}
            {...(line === 0 ? { hint: people.hints.number } : {})}
            mistake={
              number.number.trim() !== '' && isWrong(`/numbers/${numberIndex(draft, line)}`)
                ? people.mistakes.number
                : undefined
            }
          />
          <IconButton
            icon="trash"
            label={people.removeNumber(line + 1)}
            isDisabled={numbers.length === 1}
            onPress={() => set({ numbers: numbers.filter((_, i) => i !== line) })}
          />
        </div>
      ))}
      {numbers.length < 10 && (
        <Button icon="plus" onPress={() => set({ numbers: [...numbers, { kind: 'mobile', number: '' }] })}>
          {people.addNumber}
        </Button>
      )}
    </fieldset>
  )
}
