import { useEffect, useMemo, useState } from 'react'
import { faultText } from '../app/app.ts'
import { Link } from '../app/link.tsx'
import { useApp, useMe } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { DayList } from '../calendar/day-list.tsx'
import {
  Badge,
  Banner,
  Button,
  Card,
  Checkbox,
  Empty,
  IconButton,
  Icon,
  Menu,
  useQuestion,
  Avatar,
} from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { PresenceLine } from '../presence/index.ts'
import { ContactForm } from './contact-form.tsx'
import type { Favourites } from './favourites.ts'
import css from './people.module.css'
import { PersonCard, photoOf, type Person } from './person.ts'
import { describe } from './person-line.tsx'
import { personMark } from './person-mark.tsx'
import { PersonDetails, Reach } from './person-details.tsx'
import { ProfileForm } from './profile-form.tsx'

/** Somebody's card. */
export function PersonPanel({ id, favourites }: { readonly id: string; readonly favourites: Favourites }) {
  const words = useWords()
  const { people } = words
  const { api, events } = useApp()
  const card = useMemo(() => new PersonCard(api, id), [api, id])
  useEffect(() => card.follow(events), [card, events])
  const { person, isGone, fault } = useValue(card.state)
  return (
    <div className={css.panel}>
      <Link to="/people" className={css.back}>
        <Icon name="arrow-left" />
        {people.back}
      </Link>
      {fault !== undefined && <Banner tone="warn">{faultText(words, fault)}</Banner>}
      {isGone && <Empty icon="person" title={people.gone} />}
      {person && <PersonView person={person} favourites={favourites} onChanged={() => void card.load()} />}
    </div>
  )
}

function PersonView({
  person,
  favourites,
  onChanged,
}: {
  readonly person: Person
  readonly favourites: Favourites
  readonly onChanged: () => void
}) {
  const { people } = useWords()
  const { user } = useMe()
  const { lists } = useValue(favourites.state)
  const [isEditing, setEditing] = useState(false)
  const isOwn = person.id === user.id
  const isFavourite = lists ? lists.favourites.some(({ id }) => id === person.id) : (person.isFavourite ?? false)
  return (
    <>
      <Card>
        <div className={css.personHead}>
          <Avatar name={person.name} photo={photoOf(person)} size={88} mark={personMark(person)} />
          <div className={css.personName}>
            <h2>{person.name}</h2>
            {describe(person) !== '' && <p>{describe(person)}</p>}
            {person.kind === 'colleague' ? (
              <PresenceLine userId={person.id} />
            ) : (
              <Badge tone={person.kind === 'personal' ? 'warn' : 'info'}>{people.kindOf[person.kind]}</Badge>
            )}
          </div>
          <div className={css.personTools}>
            <IconButton
              icon={isFavourite ? 'star-filled' : 'star'}
              isOn={isFavourite}
              label={isFavourite ? people.removeFavourite(person.name) : people.addFavourite(person.name)}
              onPress={() => (isFavourite ? favourites.remove(person.id) : favourites.add(person))}
            />
            {person.mayChange && (
              <Button icon="edit" onPress={() => setEditing(true)}>
                {isOwn ? people.editProfile : people.edit}
              </Button>
            )}
            {person.mayChange && !isOwn && <RemoveMenu person={person} />}
          </div>
        </div>
        <Reach person={person} isOwn={isOwn} />
        <PersonDetails person={person} />
        {person.kind === 'colleague' && <DayList key={person.id} userId={person.id} />}
      </Card>
      {!isOwn && lists && lists.groups.length > 0 && (
        <Card title={people.fields.groups}>
          <div className={css.groupChoices}>
            {lists.groups.map((group) => (
              <Checkbox
                key={group.id}
                isOn={group.members.some(({ id }) => id === person.id)}
                onChange={(isMember) => favourites.setMember(group.id, person, isMember)}
              >
                {group.name}
              </Checkbox>
            ))}
          </div>
        </Card>
      )}
      {isEditing && isOwn && <ProfileForm person={person} onClose={() => setEditing(false)} onSaved={onChanged} />}
      {isEditing && !isOwn && (
        <ContactForm
          contactId={person.id}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false)
            onChanged()
          }}
        />
      )}
    </>
  )
}

function RemoveMenu({ person }: { readonly person: Person }) {
  const words = useWords()
  const { people } = words
  const { api, router, toasts } = useApp()
  const { ask, dialog } = useQuestion((fault) => faultText(words, fault))
  const remove = () =>
    ask({
      title: people.removeTitle(person.name),
      text: person.kind === 'shared' ? people.removeSharedText : people.removeText,
      yes: people.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeContact', { params: { contactId: person.id } })
        toasts.show({ tone: 'good', text: people.removed(person.name) })
        router.replace('/people')
      },
    })
  return (
    <>
      <Menu
        label={people.more}
        trigger={<IconButton icon="more" label={people.more} />}
        groups={[
          {
            id: 'contact',
            entries: [{ id: 'remove', label: people.remove, icon: 'trash', isDanger: true, onAction: remove }],
          },
        ]}
      />
      {dialog}
    </>
  )
}
