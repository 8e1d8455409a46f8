import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { languages } from '../../words/words.ts'
import type { User } from '../use-company.ts'
import { userRoles } from './user-fields.tsx'

type Choice<T extends string> = T | 'unchanged'

/** The same change for everybody chosen, for all of them or for none. */
export function EditChosen({
  userIds,
  onClose,
}: {
  readonly userIds: readonly string[]
  readonly onClose: () => void
}) {
  const words = useWords()
  const { admin, shell } = words
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [role, setRole] = useState<Choice<User['role']>>('unchanged')
  const [language, setLanguage] = useState<Choice<User['language']>>('unchanged')
  const [ringSeconds, setRingSeconds] = useState('')
  const [refused, setRefused] = useState<string>()
  const unchanged = { id: 'unchanged' as const, label: admin.users.unchanged }
  const save = () =>
    submit.run(async () => {
      const change = {
        ...(role === 'unchanged' ? {} : { role }),
        ...(language === 'unchanged' ? {} : { language }),
        ...(ringSeconds === '' ? {} : { ringSeconds: Number(ringSeconds) }),
      }
      const { isDone, items } = await api.call('changeUsers', {
        body: { items: userIds.map((userId) => ({ userId, change })) },
      })
      if (!isDone) {
        const code = items.find(({ what }) => what === 'refused')?.code ?? 'UNKNOWN'
        return setRefused(words.errors[code] ?? items.find(({ text }) => text)?.text)
      }
      toasts.show({ tone: 'good', text: admin.paste.doneWithout })
      onClose()
    })
  return (
    <Dialog
      title={`${admin.users.editChosen}: ${admin.users.chosen(userIds.length)}`}
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
      <Select
        label={admin.users.role}
        value={role}
        onChange={setRole}
        choices={[unchanged, ...userRoles.map((id) => ({ id, label: admin.users.roles[id] }))]}
      />
      <Select
        label={admin.users.language}
        value={language}
        onChange={setLanguage}
        choices={[unchanged, ...languages.map(({ id, name }) => ({ id, label: name }))]}
      />
      <TextField
        label={admin.users.ringSeconds}
        value={ringSeconds}
        onChange={setRingSeconds}
        placeholder={admin.users.unchanged}
        inputMode="numeric"
        mistake={submit.mistakeAt('/items')}
      />
      {(submit.fault ?? refused) && (
        <Banner tone="bad" isLive>
          {submit.fault ?? refused}
        </Banner>
      )}
    </Dialog>
  )
}
