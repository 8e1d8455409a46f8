import { useCallback, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useKeptLoaded } from '../../app/use-kept-loaded.ts'
import { Card, Quiet, Switch } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'

type Membership = ReplyOf<'listMyGroups'>['items'][number]
const kinds = ['groupMembership.changed', 'configuration.changed']

/** The groups and lines that I belong to, and whether their calls ring at me. */
export function GroupsCard() {
  const { handling } = useWords()
  const { api, showFault } = useApp()
  const [groups, setGroups] = useState<readonly Membership[]>()
  const load = useCallback(() => {
    api.call('listMyGroups').then(({ items }) => setGroups(items), showFault)
  }, [api, showFault])
  useKeptLoaded(load, kinds)
  if (!groups) return null
  const join = (number: string, isIn: boolean) => {
    api.call('joinMyGroup', { params: { number }, body: { isIn } }).then(load, showFault)
  }
  return (
    <Card title={handling.groups.title}>
      <Quiet>{groups.length > 0 ? handling.groups.hint : handling.groups.none}</Quiet>
      {groups.map(({ number, name, isIn }) => (
        <Switch key={number} isOn={isIn} onChange={(on) => join(number, on)}>
          {name === number ? number : `${name} (${number})`}
        </Switch>
      ))}
    </Card>
  )
}
