import { type ReactNode, useState } from 'react'
import { faultText } from '../app/app.ts'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Card, Dialog, Empty, Icon, IconButton, Menu, TextField, useQuestion } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FavouriteList } from './favourite-list.tsx'
import type { FavouriteLists, Favourites } from './favourites.ts'
import css from './people.module.css'
import { PersonLine } from './person-line.tsx'

type Group = FavouriteLists['groups'][number]

/** The people at hand: favourites in one's own order, and groups. */
export function FavouritesPanel({ favourites }: { readonly favourites: Favourites }) {
  const words = useWords()
  const { people } = words
  const { lists, fault } = useValue(favourites.state)
  const [isNaming, setNaming] = useState(false)
  return (
    <div className={css.panel}>
      <Link to="/people" className={css.back}>
        <Icon name="arrow-left" />
        {people.back}
      </Link>
      {fault !== undefined && <Banner tone="warn">{faultText(words, fault)}</Banner>}
      <Card title={people.favourites}>
        {lists && lists.favourites.length === 0 && (
          <Empty icon="star" title={people.noFavourites}>
            <p>{people.favouritesHint}</p>
          </Empty>
        )}
        {lists && lists.favourites.length > 0 && <FavouriteList people={lists.favourites} favourites={favourites} />}
      </Card>
      <Card
        title={people.groups}
        tools={
          <Button icon="plus" size="small" onPress={() => setNaming(true)}>
            {people.newGroup}
          </Button>
        }
      >
        {lists?.groups.map((group) => (
          <GroupView key={group.id} group={group} favourites={favourites} />
        ))}
        {lists?.groups.length === 0 && <p className={css.hint}>{people.noGroups}</p>}
      </Card>
      {isNaming && (
        <NameDialog
          title={people.newGroup}
          name=""
          onClose={() => setNaming(false)}
          onName={(name) => favourites.createGroup(name)}
        />
      )}
    </div>
  )
}

function GroupView({ group, favourites }: { readonly group: Group; readonly favourites: Favourites }) {
  const words = useWords()
  const { people } = words
  const { router } = useApp()
  const [isNaming, setNaming] = useState(false)
  const { ask, dialog } = useQuestion((fault) => faultText(words, fault))
  const remove = () =>
    ask({
      title: people.removeGroupTitle(group.name),
      text: people.removeGroupText,
      yes: people.removeGroup,
      isDanger: true,
      run: () => favourites.removeGroup(group.id),
    })
  const rows: ReactNode[] = group.members.map((person) => (
    <li key={person.id} className={css.groupLine}>
      <PersonLine person={person} />
      <IconButton
        icon="chevron-right"
        label={person.name}
        onPress={() => router.go(`/people/${encodeURIComponent(person.id)}`)}
      />
    </li>
  ))
  return (
    <section className={css.group} aria-label={group.name}>
      <div className={css.groupHead}>
        <h3>{group.name}</h3>
        <span className={css.hint}>{people.members(group.members.length)}</span>
        <Menu
          label={people.more}
          trigger={<IconButton icon="more" size="small" label={`${people.more}: ${group.name}`} />}
          groups={[
            {
              id: 'group',
              entries: [
                { id: 'rename', label: people.renameGroup, icon: 'edit', onAction: () => setNaming(true) },
                { id: 'remove', label: people.removeGroup, icon: 'trash', isDanger: true, onAction: remove },
              ],
            },
          ]}
        />
      </div>
      {rows.length === 0 ? <p className={css.hint}>{people.groupEmpty}</p> : <ul className={css.groupList}>{rows}</ul>}
      {isNaming && (
        <NameDialog
          title={people.renameGroup}
          name={group.name}
          onClose={() => setNaming(false)}
          onName={(name) => favourites.renameGroup(group.id, name)}
        />
      )}
      {dialog}
    </section>
  )
}

function NameDialog({
  title,
  name: before,
  onClose,
  onName,
}: {
  readonly title: string
  readonly name: string
  readonly onClose: () => void
  readonly onName: (name: string) => Promise<void>
}) {
  const { people, shell } = useWords()
  const [name, setName] = useState(before)
  const submit = useSubmit()
  const save = () => {
    if (name.trim() === '') return
    submit.run(async () => {
      await onName(name.trim())
      onClose()
    })
  }
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || name.trim() === ''} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label={people.groupName}
          value={name}
          onChange={setName}
          autoFocus
          maxLength={100}
          mistake={submit.fault ?? submit.mistakeAt('/name')}
        />
      </form>
    </Dialog>
  )
}
