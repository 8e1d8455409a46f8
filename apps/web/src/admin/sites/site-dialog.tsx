import type { Catalogue, ClientKind, SiteProfile } from '@vaxel/site'
import { useEffect, useRef, useState } from 'react'
import { ApiFault } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Switch, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { addressFields, addressOf, longestOf } from './site-address.ts'
import {
  type DraftMistakes,
  draftOf,
  emptyDraft,
  kindsAsked,
  placesAsked,
  profileOfDraft,
  type SiteDraft,
  trafficFields,
  withPreset,
  withSystem,
} from './site-draft.ts'
import css from './sites.module.css'
import { useSiteWords } from './use-site-words.ts'
import { type CatalogueEntry, type Site, useCatalogue } from './use-sites.ts'

const proxies = ['none', 'bypassed', 'forced'] as const
const proxyWords = { none: 'proxyNone', bypassed: 'proxyBypassed', forced: 'proxyForced' } as const

/** The questions about a site; they follow from the service that it will use. */
export function SiteDialog({
  site,
  catalogues,
  onClose,
  onSaved,
}: {
  readonly site?: Site
  readonly catalogues: readonly CatalogueEntry[]
  readonly onClose: () => void
  readonly onSaved: (site: Site) => void
}) {
  const { shell } = useWords()
  const text = useSiteWords()
  const { api, toasts } = useApp()
  const submit = useSubmit({ tellsMistakes: true })
  const [draft, setDraft] = useState<SiteDraft>(() => (site ? draftOf(site) : emptyDraft))
  const [refused, setRefused] = useState<readonly string[]>([])
  const catalogue = useCatalogue(draft.system)
  usePreset(catalogue, site === undefined, setDraft)
  const known = site?.profile as SiteProfile | undefined
  const { profile, reachedFrom, mistakes } = profileOfDraft(draft, catalogue, known)
  const { address, mistakes: addressMistakes } = addressOf(draft.address)
  const isWrong = Object.keys(mistakes).length > 0 || Object.keys(addressMistakes).length > 0
  const set =
    <K extends keyof SiteDraft>(key: K) =>
    (value: SiteDraft[K]) =>
      setDraft((before) => ({ ...before, [key]: value }))
  const wrong = (field: string): string | undefined => {
    const mistake: DraftMistakes[string] | undefined = mistakes[field]
    if (!mistake) return undefined
    return mistake.key === 'whole' ? text('whole') : text(mistake.key, { line: mistake.line })
  }
  const save = () =>
    submit.run(async () => {
      setRefused([])
      try {
        const body = { name: draft.name.trim(), profile, reachedFrom, address }
        const saved = await (site
          ? api.call('putSite', { params: { siteId: site.id }, body: { ...body, owners: site.owners } })
          : api.call('createSite', { body }))
        toasts.show({ tone: 'good', text: text('saved', { name: saved.name }) })
        onSaved(saved)
        onClose()
      } catch (error) {
        // The reader of profiles says it better than a field could.
        if (error instanceof ApiFault)
          setRefused(error.mistakes.map(({ path, reason }) => `${path.replace(/^\/profile/, '')} ${reason}`))
        throw error
      }
    })
  const kinds = kindsAsked(catalogue)
  return (
    <Dialog
      title={site?.name ?? text('make')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button
            kind="primary"
            isDisabled={submit.isBusy || draft.name.trim() === '' || !catalogue || isWrong}
            onPress={save}
          >
            {shell.save}
          </Button>
        </>
      }
    >
      <div className={css.questions}>
        <TextField label={text('name')} value={draft.name} onChange={set('name')} maxLength={200} autoFocus />
        <Select
          label={text('system')}
          value={draft.system}
          onChange={set('system')}
          choices={catalogues.map(({ id, title }) => ({ id, label: title }))}
        />
        <Select
          label={text('connection')}
          value={draft.connection}
          onChange={set('connection')}
          choices={[
            { id: 'internet', label: text('internet') },
            { id: 'private-network', label: text('privateNetwork') },
          ]}
        />
        <Select
          label={text('proxy')}
          value={draft.proxy}
          onChange={set('proxy')}
          choices={proxies.map((id) => ({ id, label: text(proxyWords[id]) }))}
        />
      </div>
      <h3>{text('people')}</h3>
      <div className={css.questions}>
        {kinds.map((kind) => (
          <TextField
            key={kind}
            label={text(kind)}
            value={draft.people[kind] ?? ''}
            onChange={(value) => setDraft((before) => ({ ...before, people: { ...before.people, [kind]: value } }))}
            mistake={wrong(`people.${kind}`)}
            inputMode="numeric"
          />
        ))}
        <TextField
          label={text('share')}
          value={draft.sharePercent}
          onChange={set('sharePercent')}
          mistake={wrong('sharePercent')}
          inputMode="decimal"
        />
        <TextField
          label={text('agents')}
          value={draft.agents}
          onChange={set('agents')}
          mistake={wrong('agents')}
          inputMode="numeric"
        />
        <Select<ClientKind>
          label={text('agentClient')}
          value={draft.agentClient}
          onChange={set('agentClient')}
          choices={(['softphone', 'webSoftphone', 'deskPhone', 'mobile'] as const).map((id) => ({
            id,
            label: text(id),
          }))}
        />
        <TextField
          label={text('mbps')}
          value={draft.mbps}
          onChange={set('mbps')}
          mistake={wrong('mbps')}
          inputMode="decimal"
        />
      </div>
      <h3>{text('traffic')}</h3>
      <div className={css.questions}>
        {trafficFields.map((field) => (
          <TextField
            key={field}
            label={text(field)}
            value={draft.traffic[field]}
            onChange={(value) => setDraft((before) => ({ ...before, traffic: { ...before.traffic, [field]: value } }))}
            mistake={wrong(field)}
            inputMode="numeric"
          />
        ))}
      </div>
      {catalogue && catalogue.options.length > 0 && (
        <>
          <h3>{text('options')}</h3>
          <div className={css.questions}>
            {catalogue.options.map((option) => {
              const value = draft.options[option.id] ?? ''
              const answer = (next: string) =>
                setDraft((before) => ({ ...before, options: { ...before.options, [option.id]: next } }))
              if (option.kind === 'flag')
                return (
                  <Switch key={option.id} isOn={value === 'yes'} onChange={(isOn) => answer(isOn ? 'yes' : '')}>
                    {option.label}
                  </Switch>
                )
              return option.kind === 'choice' ? (
                <Select
                  key={option.id}
                  label={option.label}
                  value={value}
                  onChange={answer}
                  choices={option.choices ?? []}
                />
              ) : (
                <TextField
                  key={option.id}
                  label={option.label}
                  value={value}
                  onChange={answer}
                  mistake={wrong(`option.${option.id}`)}
                  inputMode="numeric"
                />
              )
            })}
          </div>
        </>
      )}
      <div className={css.questions}>
        <TextField
          label={text('inside')}
          hint={text('insideHint')}
          isLong
          value={draft.inside}
          onChange={set('inside')}
        />
        {placesAsked(catalogue).map(({ name, label }) => (
          <TextField
            key={name}
            label={label}
            hint={text('placeHint')}
            value={draft.places[name] ?? ''}
            onChange={(value) => setDraft((before) => ({ ...before, places: { ...before.places, [name]: value } }))}
          />
        ))}
        <TextField
          label={text('segments')}
          hint={text('segmentsHint')}
          isLong
          value={draft.segments}
          onChange={set('segments')}
          mistake={wrong('segments')}
        />
        <TextField
          label={text('reachedFrom')}
          hint={text('reachedFromHint')}
          isLong
          value={draft.reachedFrom}
          onChange={set('reachedFrom')}
          mistake={submit.mistakeAt('/reachedFrom')}
        />
        <TextField
          label={text('secrets')}
          hint={text('secretsHint')}
          isLong
          value={draft.secrets}
          onChange={set('secrets')}
          mistake={wrong('secrets')}
        />
      </div>
      <h3>{text('address')}</h3>
      <p>{text('addressHint')}</p>
      <div className={css.questions}>
        {addressFields.map((field) => {
          const mistake = addressMistakes[field]
          return (
            <TextField
              key={field}
              label={text(field)}
              {...(field === 'country' ? { hint: text('countryHint') } : {})}
              value={draft.address[field]}
              onChange={(value) =>
                setDraft((before) => ({ ...before, address: { ...before.address, [field]: value } }))
              }
              maxLength={longestOf[field]}
              mistake={mistake ? text(mistake === 'needed' ? 'addressNeeded' : 'countryHint') : undefined}
            />
          )
        })}
      </div>
      {(refused.length > 0 || submit.fault) && (
        <Banner tone="bad" isLive>
          {submit.fault}
          {refused.length > 0 && (
            <ul>
              {refused.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </Banner>
      )}
    </Dialog>
  )
}

/** The answers of a service that was chosen just now; the ones that a site has stay as they are. */
function usePreset(
  catalogue: Catalogue | undefined,
  isNew: boolean,
  setDraft: (change: (before: SiteDraft) => SiteDraft) => void,
): void {
  const last = useRef<string>(undefined)
  useEffect(() => {
    if (!catalogue || last.current === catalogue.id) return
    last.current = catalogue.id
    setDraft((before) => (isNew ? withPreset : withSystem)(before, catalogue))
  }, [catalogue, isNew, setDraft])
}
