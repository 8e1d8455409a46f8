import { useState } from 'react'
import { onConfiguration } from '../api/remote-list.ts'
import { faultText } from '../app/app.ts'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { useList } from '../admin/use-list.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Banner, Button, Empty, Icon, IconButton, Page, Quiet } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './conference.module.css'
import type { Room } from './conference-store.ts'
import { RoomDialog } from './room-dialog.tsx'

const isOfRooms = onConfiguration('number')

/** Every room that can be called, and how many are in it. */
export function RoomsPage() {
  const app = useApp()
  const words = useWords()
  const { conference, shell } = words
  const me = useValue(app.me)
  const [edited, setEdited] = useState<Room | 'new'>()
  const rooms = useList<Room>(
    'conference rooms',
    (after) =>
      app.api.call('listConferenceRooms', { query: { limit: 200, ...(after === undefined ? {} : { after }) } }),
    (event) => isOfRooms(event) || event.kind.startsWith('conference.'),
  )
  const isAdministrator = me?.user.role === 'administrator'
  return (
    <Page
      title={conference.place}
      tools={
        isAdministrator && (
          <Button icon="plus" kind="primary" onPress={() => setEdited('new')}>
            {conference.make}
          </Button>
        )
      }
    >
      {rooms.fault !== undefined && (
        <Banner tone="warn" isLive tools={<Button onPress={rooms.reload}>{shell.retry}</Button>}>
          {faultText(words, rooms.fault)}
        </Banner>
      )}
      {rooms.items?.length === 0 && (
        <Empty icon="conference" title={conference.none}>
          <p>{conference.noneHint}</p>
        </Empty>
      )}
      <ul className={css.rooms}>
        {rooms.items?.map((room) => (
          <li key={room.number} className={css.room}>
            <Link to={`/conferences/${encodeURIComponent(room.number)}`} className={css.roomLink}>
              <span className={css.roomName}>{room.name === '' ? conference.room(room.number) : room.name}</span>
              <span className={css.roomMore}>
                <span className={css.number}>{room.number}</span>
                {room.hasPin && (
                  <Quiet>
                    <Icon name="lock" size={14} /> {conference.withPin}
                  </Quiet>
                )}
                {room.mayModerate && <Quiet>{conference.youModerate}</Quiet>}
              </span>
            </Link>
            {room.membersNow > 0 && <Badge tone="good">{conference.people(room.membersNow)}</Badge>}
            {app.services.callNumber && (
              <Button icon="call" onPress={() => app.services.callNumber?.(room.number, room.name)}>
                {conference.join}
              </Button>
            )}
            {room.mayChange && (
              <IconButton icon="settings" label={conference.set(room.number)} onPress={() => setEdited(room)} />
            )}
          </li>
        ))}
      </ul>
      {edited !== undefined && (
        <RoomDialog
          {...(edited === 'new' ? {} : { room: edited })}
          isAdministrator={isAdministrator}
          onClose={() => {
            setEdited(undefined)
            rooms.reload()
          }}
        />
      )}
    </Page>
  )
}
