import { useEffect, useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Button, Empty, Page, Table, type TableColumn } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import { Listed } from '../listed.tsx'
import type { SectionProps } from '../section-props.ts'
import { type Trunk, useTrunks } from '../use-company.ts'
import { TrunkDialog } from './trunk-dialog.tsx'
import type { Profile } from './trunk-draft.ts'
import { TrunkMark } from './trunk-state.tsx'
import { useTrunkStates } from './use-trunk-states.ts'

/** The ways out to the telephone network, and how they are. */
export function Section({ id }: SectionProps) {
  const { admin } = useWords()
  const format = useFormat()
  const { router } = useApp()
  const trunks = useTrunks()
  const states = useTrunkStates()
  const profiles = useProfiles()
  const [isNew, setNew] = useState(false)
  const stateOf = (trunk: Trunk) => states.items?.find(({ trunkId }) => trunkId === trunk.id)
  const columns: TableColumn<Trunk>[] = [
    { id: 'name', title: admin.trunks.name, cell: ({ name }) => name },
    { id: 'state', title: admin.trunks.state, cell: (trunk) => <TrunkMark state={stateOf(trunk)} /> },
    {
      id: 'targets',
      title: admin.trunks.targets,
      cell: ({ targets }) =>
        targets.map(({ host, port, protocol }) => `${protocol}:${host}${port ? `:${port}` : ''}`).join(', '),
    },
    { id: 'prefixes', title: admin.trunks.prefixes, cell: ({ prefixes }) => prefixes.join(' ') },
    {
      id: 'channels',
      title: admin.trunks.channels,
      cell: ({ channels }) => (channels === undefined ? admin.trunks.noLimit : format.number(channels)),
    },
  ]
  const opened = id === undefined ? undefined : trunks.items?.find((trunk) => trunk.id === id)
  const common = { delivered: profiles, onChecked: states.reload }
  return (
    <Page
      title={admin.sections.trunks}
      tools={
        <Button kind="primary" icon="plus" onPress={() => setNew(true)}>
          {admin.trunks.make}
        </Button>
      }
    >
      <Listed list={trunks}>
        {(items) => (
          <Table
            label={admin.sections.trunks}
            columns={columns}
            rows={items}
            onOpen={(trunk) => router.go(`/admin/trunks/${trunk.id}`)}
            empty={<Empty icon="trunk" title={admin.trunks.none} />}
          />
        )}
      </Listed>
      {isNew && <TrunkDialog {...common} onClose={() => setNew(false)} />}
      {opened && (
        <TrunkDialog
          key={opened.id}
          {...common}
          trunk={opened}
          state={stateOf(opened)}
          onClose={() => router.go('/admin/trunks')}
        />
      )}
    </Page>
  )
}

/** What a new trunk may begin with; without them the form is empty. */
function useProfiles(): readonly Profile[] {
  const { api } = useApp()
  const [profiles, setProfiles] = useState<readonly Profile[]>([])
  useEffect(() => {
    let isWanted = true
    api.call('listTrunkProfiles', { query: {} }).then(
      ({ items }) => isWanted && setProfiles(items),
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [api])
  return profiles
}
