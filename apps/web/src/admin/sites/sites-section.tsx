import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Button, Empty, Page, Table, type TableColumn } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { Listed } from '../listed.tsx'
import type { SectionProps } from '../section-props.ts'
import { SiteDialog } from './site-dialog.tsx'
import { SitePage } from './site-page.tsx'
import { type Site, useCatalogues, useSites } from './use-sites.ts'
import { useSiteWords } from './use-site-words.ts'

/** Sites of the company: what their networks must let through, and whether they do. */
export function Section({ id }: SectionProps) {
  const { admin } = useWords()
  const text = useSiteWords()
  const format = useFormat()
  const { router } = useApp()
  const sites = useSites()
  const catalogues = useCatalogues()
  const [isNew, setNew] = useState(false)
  const titleOf = (system: string) => catalogues.items?.find((one) => one.id === system)?.title ?? system
  const columns: TableColumn<Site>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'system', title: text('system'), cell: ({ profile }) => titleOf(profile.system) },
    {
      id: 'people',
      title: text('people'),
      cell: ({ profile }) =>
        format.number(
          Object.values(profile.people).reduce((sum, count) => sum + count, 0) + (profile.agents?.loggedOn ?? 0),
        ),
    },
  ]
  const opened = id === undefined ? undefined : sites.items?.find((site) => site.id === id)
  if (opened) return <SitePage key={opened.id} site={opened} onBack={() => router.go('/admin/sites')} />
  return (
    <Page
      title={admin.sections.sites}
      tools={
        <Button kind="primary" icon="plus" onPress={() => setNew(true)}>
          {text('make')}
        </Button>
      }
    >
      <Listed list={sites}>
        {(items) => (
          <Table
            label={admin.sections.sites}
            columns={columns}
            rows={items}
            onOpen={(site) => router.go(`/admin/sites/${site.id}`)}
            empty={<Empty icon="building" title={text('none')} />}
          />
        )}
      </Listed>
      {isNew && (
        <SiteDialog
          onClose={() => setNew(false)}
          onSaved={(site) => router.go(`/admin/sites/${site.id}`)}
          catalogues={catalogues.items ?? []}
        />
      )}
    </Page>
  )
}
