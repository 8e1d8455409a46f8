import { faultText } from '../../app/app.ts'
import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Button, Page, Tabs, useQuestion } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { PassportTab } from './passport-tab.tsx'
import { PlanTab } from './plan-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import { SiteDialog } from './site-dialog.tsx'
import { type Site, useCatalogues } from './use-sites.ts'
import { useSiteWords } from './use-site-words.ts'

/** One site: is it ready, what does it need, and the files for its firewall. */
export function SitePage({ site, onBack }: { readonly site: Site; readonly onBack: () => void }) {
  const words = useWords()
  const { shell } = words
  const text = useSiteWords()
  const { api, toasts } = useApp()
  const catalogues = useCatalogues()
  const [isEdited, setEdited] = useState(false)
  const [tab, setTab] = useState('passport')
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const askRemove = () =>
    ask({
      title: `${shell.remove}: ${site.name}`,
      text: text('removeAsk', { name: site.name }),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeSite', { params: { siteId: site.id } })
        toasts.show({ tone: 'good', text: text('removed', { name: site.name }) })
        onBack()
      },
    })
  return (
    <Page
      title={site.name}
      tools={
        <>
          <Button icon="trash" onPress={askRemove}>
            {shell.remove}
          </Button>
          <Button icon="edit" onPress={() => setEdited(true)}>
            {text('tabProfile')}
          </Button>
        </>
      }
    >
      {dialog}
      <Tabs
        label={site.name}
        chosen={tab}
        onChoose={setTab}
        pages={[
          { id: 'passport', label: text('tabPassport'), content: <PassportTab site={site} /> },
          { id: 'plan', label: text('tabPlan'), content: <PlanTab site={site} /> },
          { id: 'rules', label: text('tabRules'), content: <RulesTab site={site} /> },
        ]}
      />
      {isEdited && (
        <SiteDialog
          site={site}
          catalogues={catalogues.items ?? []}
          onClose={() => setEdited(false)}
          onSaved={() => {}}
        />
      )}
    </Page>
  )
}
