import { callCommands } from '@vaxel/features/calls'
import { createCentreConfiguration } from '@vaxel/features/centre-configuration'
import { createCentreFigures } from '@vaxel/features/centre-figures'
import { createContactCentre } from '@vaxel/features/contact-centre'
import { createWebChat } from '@vaxel/features/web-chat'
import { liveLegs } from '../live-legs.ts'
import { buildMailChannel } from '../mail-channel.ts'
import { buildQueueVoice } from '../queue-voice.ts'
import type { Calls } from './calls.ts'
import { ownHost } from '../own-name.ts'
import { type Ground, innerNetworks, webAddress } from './ground.ts'
import type { KeptSound } from './kept-sound.ts'
import type { People } from './people.ts'
import type { Phones } from './phones.ts'

export type Centre = ReturnType<typeof buildCentre>

/** The contact centre, and the channels that bring it work: voice, chats of visitors, mail. */
export function buildCentre(
  ground: Ground,
  { notices, visitorPhones }: Phones,
  { mail, voicemail }: KeptSound,
  { calls, features, prompts }: Calls,
  { presence }: Pick<People, 'presence'>,
) {
  const { configuration, store, clock, log, scope, later } = ground
  const centreConfiguration = createCentreConfiguration({ ...store, clock })
  const contactCentre = createContactCentre({
    ...store,
    clock,
    log,
    notices,
    presence: presence.sources,
    live: liveLegs(calls),
    calls: callCommands(calls),
    awayMs: configuration.reconnectMs,
  })
  scope.add(() => contactCentre.close())
  const { workDesk: desk, agentDesk: agents } = contactCentre
  const queueVoice = buildQueueVoice({
    store,
    clock,
    log,
    notices,
    calls,
    desk,
    agents,
    voicemail,
    nameSound: (name, language) => prompts.namePath(name, language),
  })
  later.queueVoice = queueVoice
  scope.add(() => queueVoice.close())
  for (const [feature, action] of queueVoice.codes) features.actions.register(feature, action)
  const webChat = createWebChat({
    ...store,
    clock,
    log,
    notices,
    mailer: mail.mailer,
    workDesk: contactCentre.workDesk,
    phones: visitorPhones,
    editor: centreConfiguration.editor,
  })
  later.offeredChat = webChat.offered
  scope.add(() => webChat.close())
  const mailChannel = buildMailChannel({
    store,
    mail,
    editor: centreConfiguration.editor,
    notices,
    desk: contactCentre.workDesk,
    host: ownHost(configuration),
    networks: innerNetworks(ground),
    dnsServers: configuration.dns,
    clock,
    log,
  })
  scope.add(() => mailChannel.close())
  return { centreConfiguration, contactCentre, queueVoice, webChat, mailChannel }
}

/** Starts the centre's parts in the order in which one tells the other, the figures among them, and returns those. */
export async function startCentre(
  ground: Ground,
  { notices }: Pick<Phones, 'notices'>,
  { attachments, mail }: KeptSound,
  { push }: Pick<People, 'push'>,
  centre: Centre,
) {
  const { configuration, store, clock, log, scope } = ground
  const { centreConfiguration, contactCentre, queueVoice, webChat, mailChannel } = centre
  const centreFigures = createCentreFigures({
    ...store,
    clock,
    log,
    notices,
    desk: contactCentre.agentDesk,
    editor: centreConfiguration.editor,
    monitor: () => queueVoice.monitor,
    mailer: () => mail.mailer,
    push: push.tell,
    baseUrl: webAddress(configuration),
  })
  attachments['report'] = centreFigures.attachment
  scope.add(() => centreFigures.close())
  await webChat.start()
  await contactCentre.start()
  await webChat.settle()
  await centreFigures.start()
  await mailChannel.start()
  return centreFigures
}
