import { createEmergency } from '@vaxel/features/emergency'
import { type Ground, webAddress } from './ground.ts'
import type { KeptSound } from './kept-sound.ts'
import type { People } from './people.ts'
import type { Phones } from './phones.ts'

/** Who looks after emergency calls is told of them from the first one on. */
export function watchEmergencies(
  { configuration, store, clock, log, scope }: Ground,
  { notices }: Pick<Phones, 'notices'>,
  { mail }: Pick<KeptSound, 'mail'>,
  { push }: Pick<People, 'push'>,
) {
  const emergency = createEmergency({
    ...store,
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
