import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import {
  Banner,
  Button,
  Card,
  IconButton,
  Line,
  Page,
  Quiet,
  Stack,
  Switch,
  TextField,
  useQuestion,
} from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from '../admin.module.css'
import { ChatRules } from './chat-rules.tsx'
import { changeOf, type CompanyDraft, draftOf, erasesAfter } from './company-draft.ts'
import type { LimitsDraft } from './limits-draft.ts'
import { useDomains } from './use-domains.ts'

type Company = ReplyOf<'readCompany'>

/** What is the company's as a whole. */
export function Section() {
  const words = useWords()
  const { admin } = words
  const { api } = useApp()
  const me = useMe()
  const [company, setCompany] = useState<Company>()
  const [fault, setFault] = useState<string>()
  useEffect(() => {
    api.call('readCompany', { params: { companyId: me.company.id } }).then(setCompany, (error: unknown) => {
      setFault(faultText(words, error))
    })
  }, [api, me.company.id, words])
  return (
    <Page title={admin.sections.company}>
      {fault && <Banner tone="bad">{fault}</Banner>}
      {company && <CompanyForm key={company.id} company={company} isOperator={me.isOperator} />}
      <ChatRules />
      <Domains isOperator={me.isOperator} />
    </Page>
  )
}

function CompanyForm({ company: read, isOperator }: { readonly company: Company; readonly isOperator: boolean }) {
  const words = useWords()
  const { admin, shell } = words
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const [company, setCompany] = useState(read)
  const [draft, setDraft] = useState(() => draftOf(read))
  const change = (part: Partial<CompanyDraft>): void => setDraft((now) => ({ ...now, ...part }))
  const put = async () => {
    const after = await api.call('changeCompany', {
      params: { companyId: company.id },
      body: changeOf(company, draft),
    })
    setCompany(after)
    // What is typed while it is saved stays.
    setDraft((now) => (now === draft ? draftOf(after) : now))
    toasts.show({ tone: 'good', text: admin.company.saved })
  }
  const save = () => {
    const shorter = erasesAfter(company, draft)
    if (shorter.length === 0) return submit.run(put)
    return ask({
      title: admin.company.retentionTitle,
      text: shorter.map(({ what, days }) => admin.company.retentionAsk[what](days)).join(' '),
      yes: shell.save,
      isDanger: true,
      // What is wrong with a field is said at the field.
      run: async () => submit.run(put),
    })
  }
  return (
    <Stack>
      {dialog}
      <Card>
        <div className={css.form}>
          <TextField
            label={admin.company.name}
            value={draft.name}
            onChange={(name) => change({ name })}
            mistake={submit.mistakeAt('/name')}
          />
          <TextField
            label={admin.company.country}
            hint={admin.company.countryHint}
            value={draft.country}
            onChange={(country) => change({ country })}
            mistake={submit.mistakeAt('/country')}
            maxLength={2}
          />
          <TextField
            label={admin.company.timeZone}
            hint={admin.company.timeZoneHint}
            value={draft.timeZone}
            onChange={(timeZone) => change({ timeZone })}
            mistake={submit.mistakeAt('/timeZone')}
          />
          <TextField
            label={admin.company.mainNumber}
            hint={admin.company.mainNumberHint}
            value={draft.mainNumber}
            onChange={(mainNumber) => change({ mainNumber })}
            mistake={submit.mistakeAt('/mainNumber')}
            inputMode="tel"
          />
          <TextField
            label={admin.company.emergency}
            hint={admin.company.emergencyHint}
            value={draft.emergencyNumbers}
            onChange={(emergencyNumbers) => change({ emergencyNumbers })}
            mistake={submit.mistakeAt('/emergencyNumbers')}
          />
        </div>
        <TextField
          label={admin.company.networks}
          hint={admin.company.networksHint}
          value={draft.allowedNetworks}
          onChange={(allowedNetworks) => change({ allowedNetworks })}
          mistake={submit.mistakeAt('/allowedNetworks')}
        />
        <TextField
          label={admin.company.directAudio}
          hint={admin.company.directAudioHint}
          value={draft.directAudioNetworks}
          onChange={(directAudioNetworks) => change({ directAudioNetworks })}
          mistake={submit.mistakeAt('/directAudioNetworks')}
        />
        <div className={css.form}>
          <TextField
            label={admin.company.retention.calls}
            hint={admin.company.retentionHint.calls}
            value={draft.callRetention}
            onChange={(callRetention) => change({ callRetention })}
            mistake={submit.mistakeAt('/callRetentionDays')}
            inputMode="numeric"
          />
          <TextField
            label={admin.company.retention.customers}
            hint={admin.company.retentionHint.customers}
            value={draft.customerRetention}
            onChange={(customerRetention) => change({ customerRetention })}
            mistake={submit.mistakeAt('/customerRetentionDays')}
            inputMode="numeric"
          />
          <TextField
            label={admin.company.retention.mails}
            hint={admin.company.retentionHint.mails}
            value={draft.mailRetention}
            onChange={(mailRetention) => change({ mailRetention })}
            mistake={submit.mistakeAt('/mailRetentionDays')}
            inputMode="numeric"
          />
        </div>
        <Switch isOn={draft.spokenRefusals} onChange={(spokenRefusals) => change({ spokenRefusals })}>
          {admin.company.spoken}
        </Switch>
        <Switch isOn={draft.offersCallBack} onChange={(offersCallBack) => change({ offersCallBack })}>
          {admin.company.offersCallBack}
        </Switch>
        <Switch isOn={draft.tellsMonitored} onChange={(tellsMonitored) => change({ tellsMonitored })}>
          {admin.company.tellsMonitored}
        </Switch>
      </Card>
      <LimitsCard
        limits={draft.limits}
        onChange={(limits) => change({ limits })}
        isOperator={isOperator}
        mistake={submit.mistakeAt('/limits')}
      />
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <Line>
        <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
          {shell.save}
        </Button>
      </Line>
    </Stack>
  )
}

function LimitsCard({
  limits,
  onChange,
  isOperator,
  mistake,
}: {
  readonly limits: LimitsDraft
  readonly onChange: (limits: LimitsDraft) => void
  readonly isOperator: boolean
  readonly mistake: string | undefined
}) {
  const { admin } = useWords()
  const field = (key: keyof LimitsDraft, label: string, hint?: string) => (
    <TextField
      label={label}
      {...(hint === undefined ? {} : { hint })}
      value={limits[key]}
      onChange={(value) => onChange({ ...limits, [key]: value })}
      isReadOnly={!isOperator}
      mistake={mistake}
    />
  )
  return (
    <Card title={admin.company.limits}>
      {!isOperator && <Quiet>{admin.company.limitsByOperator}</Quiet>}
      <div className={css.form}>
        {field('callsAtOnce', admin.company.callsAtOnce)}
        {field('callsPerMinute', admin.company.callsPerMinute)}
        {field('spendPerDay', admin.company.spend)}
        {field('allowed', admin.company.allowed, admin.company.prefixHint)}
        {field('blocked', admin.company.blocked, admin.company.prefixHint)}
      </div>
    </Card>
  )
}

function Domains({ isOperator }: { readonly isOperator: boolean }) {
  const words = useWords()
  const { admin, shell } = words
  const { api } = useApp()
  const domains = useDomains()
  const submit = useSubmit()
  const [name, setName] = useState('')
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const add = () =>
    submit.run(async () => {
      await api.call('createDomain', { body: { name: name.trim().toLowerCase() } })
      setName('')
      domains.reload()
    })
  return (
    <Card title={admin.company.domains}>
      {dialog}
      <Stack>
        {domains.items?.map((domain) => (
          <Line key={domain.name}>
            <code>{domain.name}</code>
            {isOperator && (
              <IconButton
                icon="trash"
                size="small"
                label={`${shell.remove}: ${domain.name}`}
                onPress={() =>
                  ask({
                    title: `${shell.remove}: ${domain.name}`,
                    text: admin.company.removeDomainAsk(domain.name),
                    yes: shell.remove,
                    isDanger: true,
                    run: async () => {
                      await api.call('removeDomain', { params: { name: domain.name } })
                      domains.reload()
                    },
                  })
                }
              />
            )}
          </Line>
        ))}
      </Stack>
      {isOperator && (
        <Line>
          <TextField
            label={admin.company.addDomain}
            value={name}
            onChange={setName}
            mistake={submit.mistakeAt('/name')}
            placeholder="example.com"
          />
          <Button icon="plus" isDisabled={submit.isBusy || name.trim() === ''} onPress={add}>
            {shell.add}
          </Button>
        </Line>
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Card>
  )
}
