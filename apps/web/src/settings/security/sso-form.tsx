import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Card, Line, Quiet, Select, Switch, TextField, useQuestion } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from './security.module.css'
import { draftOfSso, wishOfSso } from './sso-draft.ts'

export type SsoSettings = ReplyOf<'readSsoSettings'>

/** The company's login provider (OpenID Connect). The server asks the provider before it keeps anything. */
export function SsoForm({
  before,
  onChange,
}: {
  readonly before: SsoSettings | undefined
  readonly onChange: (now: SsoSettings | 'none') => void
}) {
  const words = useWords()
  const { rules: texts } = words.security
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const { ask, dialog } = useQuestion((fault) => faultText(words, fault))
  const [draft, setDraft] = useState(() => draftOfSso(before))
  const [administrators, setAdministrators] = useState<{ id: string; label: string }[]>([])
  useEffect(() => {
    api.call('listUsers', { query: { limit: 1000 } }).then(
      ({ items }) =>
        setAdministrators(
          items
            .filter(({ role }) => role === 'administrator')
            .map(({ id, displayName }) => ({ id, label: displayName })),
        ),
      () => setAdministrators([]),
    )
  }, [api])
  const set = (patch: Partial<typeof draft>) => setDraft({ ...draft, ...patch })
  const save = () =>
    submit.run(async () => {
      onChange(await api.call('setSsoSettings', { body: wishOfSso(draft) }))
      toasts.show({ tone: 'good', text: texts.saved })
    })
  const remove = () =>
    ask({
      title: texts.removeTitle,
      text: texts.removeText,
      yes: texts.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeSsoSettings')
        setDraft(draftOfSso(undefined))
        onChange('none')
      },
    })
  return (
    <Card title={texts.provider}>
      {dialog}
      <Quiet>{texts.providerLead}</Quiet>
      {before?.warning && <Banner tone="warn">{texts.secretEnds(before.secretExpiresOn ?? '')}</Banner>}
      <div className={css.fields}>
        <TextField
          label={texts.issuer}
          hint={texts.issuerHint}
          value={draft.issuer}
          onChange={(issuer) => set({ issuer })}
          mistake={submit.mistakeAt('/issuer')}
          inputMode="url"
        />
        <TextField
          label={texts.clientId}
          value={draft.clientId}
          onChange={(clientId) => set({ clientId })}
          mistake={submit.mistakeAt('/clientId')}
        />
        <TextField
          label={texts.clientSecret}
          hint={before?.hasSecret ? texts.secretKept : texts.secretHint}
          type="password"
          autoComplete="off"
          value={draft.clientSecret}
          onChange={(clientSecret) => set({ clientSecret })}
          mistake={submit.mistakeAt('/clientSecret')}
        />
        <TextField
          label={texts.secretEnd}
          hint={texts.secretEndHint}
          type="date"
          value={draft.secretExpiresOn}
          onChange={(secretExpiresOn) => set({ secretExpiresOn })}
          mistake={submit.mistakeAt('/secretExpiresOn')}
        />
        <TextField
          label={texts.domains}
          hint={texts.domainsHint}
          value={draft.domains}
          onChange={(domains) => set({ domains })}
          mistake={submit.mistakeAt('/domains')}
        />
        <Select
          label={texts.claim}
          value={draft.userClaim}
          onChange={(userClaim) => set({ userClaim })}
          choices={[
            { id: 'email', label: texts.claims.email },
            { id: 'preferred_username', label: texts.claims.preferred_username },
          ]}
        />
        <TextField
          label={texts.groupsClaim}
          hint={texts.groupsClaimHint}
          value={draft.groupsClaim}
          onChange={(groupsClaim) => set({ groupsClaim })}
          mistake={submit.mistakeAt('/groupsClaim')}
        />
        <TextField
          label={texts.roles}
          hint={texts.rolesHint}
          value={draft.roles}
          onChange={(roles) => set({ roles })}
          mistake={submit.mistakeAt('/roles')}
        />
      </div>
      <Switch isOn={draft.createsUsers} onChange={(createsUsers) => set({ createsUsers })}>
        {texts.creates}
      </Switch>
      <Switch isOn={draft.isOnlyWay} onChange={(isOnlyWay) => set({ isOnlyWay })}>
        {texts.onlyWay}
      </Switch>
      {draft.isOnlyWay && (
        <Select
          label={texts.emergency}
          hint={texts.emergencyHint}
          value={draft.emergencyUserId}
          onChange={(emergencyUserId) => set({ emergencyUserId })}
          choices={administrators}
          mistake={submit.mistakeAt('/emergencyUserId')}
        />
      )}
      <Quiet>
        {texts.callback} <span className={css.secret}>{before?.callbackUrl ?? `${location.origin}/sso/callback`}</span>
      </Quiet>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <Line>
        <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
          {texts.save}
        </Button>
        {before && <Button onPress={remove}>{texts.remove}</Button>}
      </Line>
    </Card>
  )
}
