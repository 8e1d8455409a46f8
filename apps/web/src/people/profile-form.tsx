import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Dialog, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './people.module.css'
import type { Person } from './person.ts'
import { PhotoField } from './photo-field.tsx'

/** What people say of themselves: photo, place, mobile number, skills. */
export function ProfileForm({
  person,
  onClose,
  onSaved,
}: {
  readonly person: Person
  readonly onClose: () => void
  readonly onSaved: () => void
}) {
  const { people, shell } = useWords()
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [location, setLocation] = useState(person.location ?? '')
  const [mobile, setMobile] = useState(person.numbers.find(({ kind }) => kind === 'mobile')?.text ?? '')
  const [skills, setSkills] = useState((person.skills ?? []).join(', '))
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  const save = () =>
    submit.run(async () => {
      const list = skills
        .split(/[,;]/)
        .map((skill) => skill.trim())
        .filter((skill) => skill !== '')
      await api.call('changeOwnProfile', {
        body: { location: orNull(location), mobile: orNull(mobile), skills: list.length > 0 ? list : null },
      })
      toasts.show({ tone: 'good', text: people.saved })
      onSaved()
      onClose()
    })
  const wrong = (path: string, text: string) => (submit.mistakeAt(path) === undefined ? undefined : text)
  return (
    <Dialog
      title={people.editProfile}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <PhotoField of={person} onChanged={onSaved} />
        <TextField
          label={people.fields.mobile}
          type="tel"
          value={mobile}
          onChange={setMobile}
          hint={people.hints.number}
          mistake={wrong('/mobile', people.mistakes.number)}
        />
        <TextField
          label={people.fields.location}
          value={location}
          onChange={setLocation}
          mistake={wrong('/location', people.mistakes.tooLong)}
        />
        <TextField
          label={people.fields.skills}
          value={skills}
          onChange={setSkills}
          hint={people.hints.commas}
          mistake={wrong('/skills', people.mistakes.tooLong)}
        />
        <p className={css.hint}>{people.hints.profile}</p>
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
