import { useEffect, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import { Banner, Button, Page, Tabs } from '../../look/index.ts'
import { asLanguage } from '../../words/use-text.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import type { SectionProps } from '../section-props.ts'
import { useUsers } from '../use-company.ts'
import { AgentsTab } from './agents-tab.tsx'
import { AlarmsTab } from './alarms-tab.tsx'
import { ChannelsTab } from './channels-tab.tsx'
import { CentreModel, type CentreView } from './centre-model.ts'
import { DraftBanner } from './draft-banner.tsx'
import { HoursTab } from './hours-tab.tsx'
import { CodesTab, SkillsTab } from './names-tabs.tsx'
import { PopTab } from './pop-tab.tsx'
import { PublishTab } from './publish-tab.tsx'
import { QueuesTab } from './queues-tab.tsx'
import { TextsTab } from './texts-tab.tsx'
import { useCentreText } from './use-centre-text.ts'

/** The contact centre: changed in a draft that nobody notices, then published. */
export function Section({ id }: SectionProps) {
  const { api, events } = useApp()
  const language = asLanguage(useFormat().language)
  const [model, setModel] = useState(() => new CentreModel({ api, language }))
  const [spoken, setSpoken] = useState(language)
  if (spoken !== language) {
    setSpoken(language)
    setModel(new CentreModel({ api, language }))
  }
  useEffect(() => model.follow(events), [model, events])
  return <Opened model={model} tab={id} />
}

function Opened({ model, tab }: { readonly model: CentreModel; readonly tab: string | undefined }) {
  const words = useWords()
  const view = useValue(model.view)
  const fault = useValue(model.fault)
  return (
    <Page title={words.admin.sections.centre}>
      {fault !== undefined && (
        <Banner tone="warn" isLive tools={<Button onPress={() => void model.load()}>{words.shell.retry}</Button>}>
          {faultText(words, fault)}
        </Banner>
      )}
      {view && <CentreTabs model={model} view={view} tab={tab} />}
    </Page>
  )
}

function CentreTabs({
  model,
  view,
  tab = 'queues',
}: {
  readonly model: CentreModel
  readonly view: CentreView
  readonly tab: string | undefined
}) {
  const { admin } = useWords()
  const text = useCentreText()
  const { router } = useApp()
  const users = useUsers()
  const go = (id: string) => router.go(`/admin/centre/${id}`)
  const props = { model, view, users: users.items ?? [] }
  const pages = [
    { id: 'queues', label: text('tabQueues'), content: <QueuesTab {...props} /> },
    { id: 'agents', label: text('tabAgents'), content: <AgentsTab {...props} /> },
    { id: 'skills', label: text('tabSkills'), content: <SkillsTab {...props} /> },
    { id: 'hours', label: text('tabHours'), content: <HoursTab {...props} /> },
    { id: 'codes', label: text('tabCodes'), content: <CodesTab {...props} /> },
    { id: 'channels', label: text('tabChannels'), content: <ChannelsTab {...props} /> },
    { id: 'texts', label: text('tabTexts'), content: <TextsTab {...props} /> },
    { id: 'alarms', label: text('tabAlarms'), content: <AlarmsTab {...props} /> },
    { id: 'pop', label: text('tabPop'), content: <PopTab {...props} /> },
    { id: 'publish', label: text('tabPublish'), content: <PublishTab {...props} /> },
  ]
  return (
    <>
      <DraftBanner model={model} view={view} onLook={tab === 'publish' ? undefined : () => go('publish')} />
      <Tabs
        label={admin.sections.centre}
        chosen={pages.some(({ id }) => id === tab) ? tab : 'queues'}
        onChoose={go}
        pages={pages}
      />
    </>
  )
}
