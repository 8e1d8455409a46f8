import { useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Line, useQuestion, Switch } from '../../look/index.ts'
import { CalendarCard } from '../../calendar/calendar-card.tsx'
import { ForwardingForm } from '../../settings/forwarding-form.tsx'
import { UserLogins } from '../../settings/security/user-logins.tsx'
import { useWords } from '../../words/use-words.ts'
import { SecretOnce } from '../secret-once.tsx'
import type { User } from '../use-company.ts'
import { UserDevices } from './user-devices.tsx'
import { changeOf, draftOf } from './user-draft.ts'
import { UserFields } from './user-fields.tsx'

/** One user: changed, given a new password or devices, removed. */
export function UserDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const words = useWords()
  const { admin, shell } = words
  const { api, toasts } = useApp()
  const me = useMe()
  const submit = useSubmit()
  // As they were when the form was opened; `user` goes on.
  const [before] = useState(user)
  const [draft, setDraft] = useState(() => draftOf(user))
  const [isDesk, setDesk] = useState(user.isDesk ?? false)
  const [password, setPassword] = useState<string>()
  const [isForwardingOpen, setForwardingOpen] = useState(false)
  const [isCalendarOpen, setCalendarOpen] = useState(false)
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const save = () =>
    submit.run(async () => {
      await api.call('changeUser', {
        params: { userId: user.id },
        body: {
          ...changeOf(before, draft),
          ...(isDesk === (before.isDesk ?? false) ? {} : { isDesk }),
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
        setPassword(
          (await api.call('resetPassword', { params: { userId: user.id }, body: { by: 'password' } })).password,
        )
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
      <Switch isOn={isDesk} onChange={setDesk}>
        {words.telephone.admin.isDesk}
      </Switch>
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
        <Button
          icon="call-forward"
          onPress={() => setForwardingOpen(!isForwardingOpen)}
          aria-expanded={isForwardingOpen}
        >
          {words.settings.forwarding}
        </Button>
        <Button icon="calendar" onPress={() => setCalendarOpen(!isCalendarOpen)} aria-expanded={isCalendarOpen}>
          {words.calendar.title}
        </Button>
        {user.id !== me.user.id && (
          <Button icon="trash" onPress={askRemove}>
            {shell.remove}
          </Button>
        )}
      </Line>
      {isForwardingOpen && <ForwardingForm userId={user.id} />}
      {isCalendarOpen && <CalendarCard userId={user.id} />}
      <UserLogins user={user} />
      <UserDevices user={user} />
    </Dialog>
  )
}
