import type { Submit } from '../../app/use-submit.ts'
import { Select, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { languages } from '../../words/words.ts'
import css from '../admin.module.css'
import type { User } from '../use-company.ts'
import type { UserDraft } from './user-draft.ts'

export const userRoles: readonly User['role'][] = ['user', 'attendant', 'supervisor', 'administrator']

/** The fields that a new user and a known one have in common. */
export function UserFields({
  draft,
  onChange,
  submit,
}: {
  readonly draft: UserDraft
  readonly onChange: (draft: UserDraft) => void
  readonly submit: Submit
}) {
  const { admin } = useWords()
  const set =
    <K extends keyof UserDraft>(key: K) =>
    (value: UserDraft[K]) =>
      onChange({ ...draft, [key]: value })
  return (
    <div className={css.form}>
      <TextField
        label={admin.users.name}
        value={draft.displayName}
        onChange={set('displayName')}
        mistake={submit.mistakeAt('/displayName')}
        isRequired
        autoFocus
      />
      <TextField
        label={admin.users.extension}
        hint={admin.users.extensionHint}
        value={draft.extension}
        onChange={set('extension')}
        mistake={submit.mistakeAt('/extension')}
        inputMode="numeric"
      />
      <Select
        label={admin.users.role}
        value={draft.role}
        onChange={set('role')}
        choices={userRoles.map((id) => ({ id, label: admin.users.roles[id], hint: admin.users.roleHints[id] }))}
        mistake={submit.mistakeAt('/role')}
      />
      <Select
        label={admin.users.language}
        value={draft.language}
        onChange={set('language')}
        choices={languages.map(({ id, name }) => ({ id, label: name }))}
      />
      <TextField
        label={admin.users.ringSeconds}
        value={draft.ringSeconds}
        onChange={set('ringSeconds')}
        mistake={submit.mistakeAt('/ringSeconds')}
        inputMode="numeric"
      />
    </div>
  )
}
