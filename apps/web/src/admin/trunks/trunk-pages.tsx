import { useRef } from 'react'
import type { Submit } from '../../app/use-submit.ts'
import { Button, Checkbox, Select, Stack, Switch, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { badRule } from './rule-lines.ts'
import { badTarget, headerChoices, revocationListOf, ruleLists, type TrunkDraft } from './trunk-draft.ts'

type TextKey = { [K in keyof TrunkDraft]: TrunkDraft[K] extends string ? K : never }[keyof TrunkDraft]

/** What the pages of the form share. */
export interface PageProps {
  readonly draft: TrunkDraft
  readonly set: <K extends keyof TrunkDraft>(key: K) => (value: TrunkDraft[K]) => void
  readonly submit: Submit
}

/** Names of header fields are the same in every language. */
const headerNames = {
  asserted: 'P-Asserted-Identity',
  preferred: 'P-Preferred-Identity',
  remoteParty: 'Remote-Party-ID',
  assertedRemote: 'P-Asserted-Identity + Remote-Party-ID',
} as const

const keyings = ['auto', 'sdes', 'dtls', 'none'] as const

/** Where calls go, whose it takes, and which numbers. */
export function WayPage({ draft, set, submit }: PageProps) {
  const { admin } = useWords()
  const words = admin.trunks
  const bad = badTarget(draft)
  return (
    <Stack>
      <TextField
        label={words.targets}
        hint={words.targetsHint}
        isLong
        value={draft.targets}
        onChange={set('targets')}
        mistake={bad === undefined ? submit.mistakeAt('/targets') : words.badTarget(bad)}
      />
      <TextField
        label={words.from}
        hint={words.fromHint}
        isLong
        value={draft.from}
        onChange={set('from')}
        mistake={submit.mistakeAt('/fromAddresses')}
      />
      <div className={css.form}>
        <TextField
          label={words.prefixes}
          hint={words.prefixesHint}
          value={draft.prefixes}
          onChange={set('prefixes')}
          mistake={submit.mistakeAt('/prefixes')}
        />
        <TextField
          label={words.ownHost}
          hint={words.ownHostHint}
          value={draft.ownHost}
          onChange={set('ownHost')}
          mistake={submit.mistakeAt('/ownHost')}
        />
        <TextField
          label={words.interval}
          hint={words.intervalHint}
          inputMode="numeric"
          value={draft.interval}
          onChange={set('interval')}
          mistake={submit.mistakeAt('/health')}
        />
        <TextField
          label={words.answerWithin}
          hint={words.answerWithinHint}
          inputMode="numeric"
          value={draft.answerWithin}
          onChange={set('answerWithin')}
          mistake={submit.mistakeAt('/answerWithinMs')}
        />
      </div>
    </Stack>
  )
}

/** Registration, and the logins of both sides. */
export function AccountPage({ draft, set, submit, kept }: PageProps & { readonly kept: readonly string[] }) {
  const { admin } = useWords()
  const words = admin.trunks
  const hint = (user: string) => (kept.includes(user) ? { hint: words.passwordKept } : {})
  return (
    <Stack>
      <div className={css.form}>
        <TextField
          label={words.user}
          hint={words.loginHint}
          autoComplete="off"
          value={draft.user}
          onChange={set('user')}
          mistake={submit.mistakeAt('/login')}
        />
        <TextField
          label={words.password}
          {...hint(draft.user)}
          type="password"
          autoComplete="new-password"
          value={draft.password}
          onChange={set('password')}
          mistake={submit.mistakeAt('/login/password')}
        />
      </div>
      <Checkbox isOn={draft.registers} onChange={set('registers')}>
        {words.registers}
      </Checkbox>
      {draft.registers && (
        <div className={css.form}>
          <Text at="/registration/user" of="account" {...{ draft, set, submit }} />
          <Text at="/registration/domain" of="domain" {...{ draft, set, submit }} />
          <Text at="/registration/expiresSeconds" of="expires" {...{ draft, set, submit }} />
          <Text at="/registration/outboundProxy" of="proxy" hint={words.proxyHint} {...{ draft, set, submit }} />
        </div>
      )}
      <div className={css.form}>
        <TextField
          label={words.incoming}
          hint={words.incomingHint}
          autoComplete="off"
          value={draft.incomingUser}
          onChange={set('incomingUser')}
          mistake={submit.mistakeAt('/incomingLogin')}
        />
        <TextField
          label={words.password}
          {...hint(draft.incomingUser)}
          type="password"
          autoComplete="new-password"
          value={draft.incomingPassword}
          onChange={set('incomingPassword')}
          mistake={submit.mistakeAt('/incomingLogin/password')}
        />
      </div>
    </Stack>
  )
}

/** A line whose label is the word of the same name. */
function Text({
  of,
  at,
  hint,
  draft,
  set,
  submit,
}: PageProps & { readonly of: TextKey & LabelKey; readonly at: string; readonly hint?: string }) {
  const { admin } = useWords()
  return (
    <TextField
      label={admin.trunks[of]}
      {...(hint === undefined ? {} : { hint })}
      value={draft[of]}
      onChange={set(of) as (value: string) => void}
      mistake={submit.mistakeAt(at)}
    />
  )
}

type LabelKey =
  | 'account'
  | 'domain'
  | 'expires'
  | 'proxy'
  | 'allowed'
  | 'identityHost'
  | 'channels'
  | 'emergency'
  | 'spend'
  | 'codecs'

/** Rules for numbers, one a line. */
export function NumbersPage({ draft, set, submit }: PageProps) {
  const { admin } = useWords()
  const words = admin.trunks
  return (
    <Stack>
      {ruleLists.map((list, i) => {
        const bad = badRule(draft[list])
        return (
          <TextField
            key={list}
            label={words.rules[list]}
            {...(i === 0 ? { hint: words.rulesHint } : {})}
            isLong
            value={draft[list]}
            onChange={set(list)}
            mistake={bad === undefined ? submit.mistakeAt(`/rewriting/${list}`) : words.badRule(bad)}
          />
        )
      })}
    </Stack>
  )
}

/** What the other side is told of who calls. */
export function CallerPage({ draft, set, submit }: PageProps) {
  const { admin } = useWords()
  const words = admin.trunks
  return (
    <div className={css.form}>
      <Select
        label={words.headers}
        value={draft.headers}
        onChange={set('headers')}
        choices={headerChoices.map((id) => ({ id, label: id === 'nothing' ? words.onlyFrom : headerNames[id] }))}
      />
      <Select
        label={words.shows}
        value={draft.shows}
        onChange={set('shows')}
        choices={(['direct', 'main'] as const).map((id) => ({ id, label: words.showsChoices[id] }))}
      />
      <Select
        label={words.inFrom}
        value={draft.inFrom}
        onChange={set('inFrom')}
        choices={(['caller', 'account'] as const).map((id) => ({ id, label: words.inFromChoices[id] }))}
        mistake={submit.mistakeAt('/identity/from')}
      />
      <Select
        label={words.withheld}
        value={draft.withheld}
        onChange={set('withheld')}
        choices={(['told', 'hidden'] as const).map((id) => ({ id, label: words.withheldChoices[id] }))}
      />
      <Text of="allowed" at="/identity/allowed" hint={words.allowedHint} {...{ draft, set, submit }} />
      <Text of="identityHost" at="/identity/host" {...{ draft, set, submit }} />
    </div>
  )
}

/** Channels, money, and how audio goes. */
export function LimitsPage({ draft, set, submit }: PageProps) {
  const { admin } = useWords()
  const words = admin.trunks
  return (
    <div className={css.form}>
      <Text of="channels" at="/channels" hint={words.channelsHint} {...{ draft, set, submit }} />
      <Text of="emergency" at="/emergencyChannels" {...{ draft, set, submit }} />
      <Text of="spend" at="/spendPerDayMicros" hint={words.spendHint} {...{ draft, set, submit }} />
      <Text of="codecs" at="/codecs" hint={words.codecsHint} {...{ draft, set, submit }} />
      <Select
        label={words.dtmf}
        value={draft.dtmf}
        onChange={set('dtmf')}
        choices={(['auto', 'info'] as const).map((id) => ({ id, label: words.dtmfChoices[id] }))}
      />
      <Select
        label={words.keying}
        value={draft.keying}
        onChange={set('keying')}
        choices={keyings.map((keying) => ({ id: keying, label: admin.users.keyings[keying] }))}
      />
      <Switch isOn={draft.sendsLocation} onChange={set('sendsLocation')}>
        {words.sendsLocation}
      </Switch>
    </div>
  )
}

/** Whom TLS believes, both ways. */
export function TrustPage({ draft, set, submit }: PageProps) {
  const { admin } = useWords()
  const words = admin.trunks
  const input = useRef<HTMLInputElement>(null)
  const fields = [
    ['certificateNames', '/certificateNames'],
    ['ca', '/tls/ca'],
    ['pins', '/tls/pins'],
    ['revocationLists', '/tls/revocationLists'],
  ] as const
  const add = async (files: readonly File[]) => {
    const lists = await Promise.all(
      files.map(async (file) => revocationListOf(new Uint8Array(await file.arrayBuffer()))),
    )
    set('revocationLists')([draft.revocationLists.trim(), ...lists].filter(Boolean).join('\n'))
  }
  return (
    <Stack>
      {fields.map(([key, at]) => (
        <TextField
          key={key}
          label={words[key]}
          hint={words[`${key}Hint`]}
          isLong
          value={draft[key]}
          onChange={set(key)}
          mistake={submit.mistakeAt(at)}
        />
      ))}
      <div>
        <Button icon="upload" onPress={() => input.current?.click()}>
          {words.revocationListFile}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".crl,.pem,.der,application/pkix-crl"
          multiple
          hidden
          onChange={({ target }) => {
            const files = [...(target.files ?? [])]
            target.value = ''
            void add(files)
          }}
        />
      </div>
    </Stack>
  )
}
