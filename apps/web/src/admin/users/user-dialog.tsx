import { useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Line, useQuestion } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { SecretOnce } from '../secret-once.tsx'
import type { User } from '../use-company.ts'
import { UserDevices } from './user-devices.tsx'
import { draftOf, UserFields } from './user-fields.tsx'

/** One user: changed, given a new password or devices, removed. */
export function UserDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const words = useWords()
  const { admin, shell } = words
  const { api, toasts } = useApp()
  const me = useMe()
  const submit = useSubmit()
  const [draft, setDraft] = useState(() => draftOf(user))
  const [password, setPassword] = useState<string>()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const save = () =>
    submit.run(async () => {
      await api.call('changeUser', {
        params: { userId: user.id },
        body: {
          displayName: draft.displayName.trim(),
          language: draft.language,
          role: draft.role,
          ringSeconds: Number(draft.ringSeconds),
          ...(draft.extension === (user.extension ?? '') ? {} : { extension: draft.extension.trim() || null }),
        },
      })
      toasts.show({ tone: 'good', text: admin.users.changed(draft.displayName) })
      onClose()
    })
  const askPassword = () =>
    ask({
      title: admin.users.newPassword,
      text: admin.users.newPasswordAsk(user.displayName),
      yes: admin.users.newPassword,
      run: async () => {
        const made = makePassword()
        await api.call('changeUser', { params: { userId: user.id }, body: { password: made } })
        setPassword(made)
      },
    })
  const askRemove = () =>
    ask({
      title: `${shell.remove}: ${user.displayName}`,
      text: admin.users.removeAsk(user.displayName),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeUser', { params: { userId: user.id } })
        toasts.show({ tone: 'good', text: admin.users.removed(user.displayName) })
        onClose()
      },
    })
  return (
    <Dialog
      title={user.displayName}
      isOpen
      isWide
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
      {dialog}
      <UserFields draft={draft} onChange={setDraft} submit={submit} />
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      {password !== undefined && (
        <SecretOnce
          hint={admin.users.passwordOnceHint}
          items={[
            [admin.users.login, user.login],
            [admin.users.passwordOnce, password],
          ]}
        />
      )}
      <Line>
        <Button icon="key" onPress={askPassword}>
          {admin.users.newPassword}
        </Button>
        {user.id !== me.user.id && (
          <Button icon="trash" onPress={askRemove}>
            {shell.remove}
          </Button>
        )}
      </Line>
      <UserDevices user={user} />
    </Dialog>
  )
}

/** 16 letters and digits without those that look alike: 79 bits. */
function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  let text = ''
  while (text.length < 16) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1))
    // Only what divides evenly: each letter is equally likely.
    if (byte! < letters.length * 8) text += letters[byte! % letters.length]
  }
  return text
}
