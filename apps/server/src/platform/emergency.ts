import type { EmergencyPlaces } from '@vaxel/core'
import { createEmergency, SitePlaces } from '@vaxel/features/emergency'
import { type Ground, webAddress } from './ground.ts'
import type { KeptSound } from './kept-sound.ts'
import type { People } from './people.ts'
import type { Phones } from './phones.ts'

/** Where telephones are: known before the first call. */
export async function knowPlaces({ store, log, scope }: Ground): Promise<EmergencyPlaces> {
  const places = new SitePlaces({ ...store, log })
  scope.add(() => places.close())
  await places.load()
  return places
}

/** Who looks after emergency calls is told of them from the first one on. */
export function watchEmergencies(
  { configuration, store, clock, log, scope }: Ground,
  { notices }: Pick<Phones, 'notices'>,
  { mail }: Pick<KeptSound, 'mail'>,
  { push }: Pick<People, 'push'>,
  places: EmergencyPlaces,
) {
  const emergency = createEmergency({
    ...store,
    places,
    notices,
    tell: push.tell,
    mailer: mail.mailer,
    baseUrl: webAddress(configuration),
    clock,
    log,
  })
  scope.add(() => emergency.close())
  return emergency
}
