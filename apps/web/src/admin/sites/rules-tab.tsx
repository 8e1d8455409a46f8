import { type DeviceName, deviceNames, type SiteProfile } from '@vaxel/site'
import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Card, Select, Stack, TextField } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { deviceTitles } from './device-titles.ts'
import { saveFile } from './save-file.ts'
import { asLanguage } from '../../words/use-text.ts'
import css from './sites.module.css'
import { type Site, useOfSite } from './use-sites.ts'
import { useSiteWords } from './use-site-words.ts'

const formats = ['nftables', 'iptables-save', 'csv'] as const

/** The openings as a file for a firewall, and a rule set held against them. */
export function RulesTab({ site }: { readonly site: Site }) {
  return (
    <Stack>
      <RuleFile site={site} />
      <OwnRules site={site} />
    </Stack>
  )
}

function RuleFile({ site }: { readonly site: Site }) {
  const words = useWords()
  const text = useSiteWords()
  const { language } = useFormat()
  const { api } = useApp()
  const [device, setDevice] = useState<DeviceName>('nftables')
  const own = asLanguage(language)
  const { value, fault } = useOfSite(`${site.id} ${site.changedAt} ${device} ${own}`, () =>
    api.call('writeSiteRules', { body: { profile: site.profile as SiteProfile, device, language: own } }),
  )
  return (
    <Card
      title={text('tabRules')}
      tools={
        value && (
          <Button icon="download" onPress={() => saveFile(value.name, value.mediaType, value.text)}>
            {text('download')}
          </Button>
        )
      }
    >
      <Select
        label={text('device')}
        value={device}
        onChange={setDevice}
        choices={deviceNames.map((id) => ({ id, label: deviceTitles[id] }))}
      />
      {fault !== undefined && <Banner tone="bad">{faultText(words, fault)}</Banner>}
      {value && value.cannot.length > 0 && (
        <Banner tone="warn">
          {text('cannot')}
          <ul>
            {value.cannot.map(({ openingId, sentence }) => (
              <li key={`${openingId} ${sentence}`}>{sentence}</li>
            ))}
          </ul>
        </Banner>
      )}
      {value?.notes.map((note) => (
        <Banner key={note}>{note}</Banner>
      ))}
      {value && (
        <pre className={css.text} tabIndex={0}>
          {value.text}
        </pre>
      )}
    </Card>
  )
}

function OwnRules({ site }: { readonly site: Site }) {
  const text = useSiteWords()
  const { language } = useFormat()
  const { api } = useApp()
  const submit = useSubmit()
  const [format, setFormat] = useState<(typeof formats)[number]>('nftables')
  const [rules, setRules] = useState('')
  const [found, setFound] = useState<ReplyOf<'compareSiteRules'>>()
  const compare = () =>
    submit.run(async () => {
      const body = { profile: site.profile as SiteProfile, format, rules, language: asLanguage(language) }
      setFound(await api.call('compareSiteRules', { body }))
    })
  return (
    <Card title={text('yours')}>
      <TextField label={text('yours')} hint={text('yoursHint')} isLong value={rules} onChange={setRules} />
      <div className={css.questions}>
        <Select
          label={text('format')}
          value={format}
          onChange={setFormat}
          choices={formats.map((id) => ({ id, label: id }))}
        />
        <Button kind="primary" isDisabled={submit.isBusy || rules.trim() === ''} onPress={compare}>
          {text('compare')}
        </Button>
      </div>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      {found && (
        <pre className={css.text} tabIndex={0} aria-live="polite">
          {found.text}
        </pre>
      )}
    </Card>
  )
}
