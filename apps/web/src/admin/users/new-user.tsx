import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { useDomains } from '../company/use-domains.ts'
import { SecretOnce } from '../secret-once.tsx'
import { emptyDraft } from './user-draft.ts'
import { UserFields } from './user-fields.tsx'

/** Makes a user; the password is shown this once. */
export function NewUser({ onClose }: { readonly onClose: () => void }) {
  const { admin, shell } = useWords()
  const { api, speech } = useApp()
  const submit = useSubmit()
  const domains = useDomains()
  const [draft, setDraft] = useState({ ...emptyDraft, language: speech.language })
  const [name, setName] = useState('')
  const [domain, setDomain] = useState<string>()
  const [made, setMade] = useState<{ login: string; password: string }>()
  const save = () =>
    submit.run(async () => {
      const { user, password } = await api.call('createUser', {
        body: {
          name: (name || draft.extension).trim().toLowerCase(),
          displayName: draft.displayName.trim(),
          language: draft.language,
          role: draft.role,
          ringSeconds: Number(draft.ringSeconds),
          ...(draft.extension === '' ? {} : { extension: draft.extension.trim() }),
          ...(domain === undefined ? {} : { domain }),
        },
      })
      setMade({ login: user.login, password: password ?? '' })
    })
  if (made)
    return (
      <Dialog
        title={admin.users.made(draft.displayName)}
        isOpen
        onClose={onClose}
        foot={<Button onPress={onClose}>{shell.close}</Button>}
      >
        <SecretOnce
          hint={admin.users.passwordOnceHint}
          items={[
            [admin.users.login, made.login],
            [admin.users.passwordOnce, made.password],
          ]}
        />
      </Dialog>
    )
  return (
    <Dialog
      title={admin.users.make}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || draft.displayName.trim() === ''} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <UserFields draft={draft} onChange={(next) => setDraft({ ...draft, ...next })} submit={submit} />
      <TextField
        label={admin.users.loginPart}
        value={name}
        onChange={setName}
        placeholder={draft.extension}
        mistake={submit.mistakeAt('/name')}
        autoComplete="off"
      />
      {(domains.items?.length ?? 0) > 1 && (
        <Select
          label={admin.users.domain}
          value={domain ?? domains.items![0]!.name}
          onChange={setDomain}
          choices={domains.items!.map((one) => ({ id: one.name, label: one.name }))}
        />
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
