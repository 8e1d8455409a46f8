import type { Operation } from './operation.ts'
import * as attendant from './operations/attendant.ts'
import * as bindings from './operations/bindings.ts'
import * as calendars from './operations/calendars.ts'
import * as callFeatures from './operations/call-features.ts'
import * as callStories from './operations/call-stories.ts'
import * as channels from './operations/channels.ts'
import * as chat from './operations/chat.ts'
import * as chatAdministration from './operations/chat-administration.ts'
import * as chatFiles from './operations/chat-files.ts'
import * as centre from './operations/centre.ts'
import * as centreFigures from './operations/centre-figures.ts'
import { replayCentreDay } from './operations/centre-replay.ts'
import * as quality from './operations/quality.ts'
import * as certificates from './operations/certificates.ts'
import * as companies from './operations/companies.ts'
import * as agent from './operations/agent.ts'
import * as webChat from './operations/web-chat.ts'
import * as conferences from './operations/conferences.ts'
import * as configuration from './operations/configuration.ts'
import * as contacts from './operations/contacts.ts'
import * as deskSharing from './operations/desk-sharing.ts'
import * as emergencyCalls from './operations/emergency-calls.ts'
import * as erasures from './operations/erasures.ts'
import * as devices from './operations/devices.ts'
import * as directory from './operations/directory.ts'
import * as externalDirectories from './operations/external-directories.ts'
import * as favourites from './operations/favourites.ts'
import * as flows from './operations/flows.ts'
import * as ftps from './operations/ftps.ts'
import * as health from './operations/health.ts'
import * as history from './operations/history.ts'
import * as identityAdministration from './operations/identity-administration.ts'
import * as identityLogins from './operations/identity-logins.ts'
import * as identityOwn from './operations/identity-own.ts'
import * as liveCalls from './operations/live-calls.ts'
import * as mail from './operations/mail.ts'
import * as mailAccounts from './operations/mail-accounts.ts'
import * as mailChannel from './operations/mail-channel.ts'
import * as numbers from './operations/numbers.ts'
import * as callHandling from './operations/call-handling.ts'
import * as portal from './operations/portal.ts'
import * as phone from './operations/phone.ts'
import * as presence from './operations/presence.ts'
import * as push from './operations/push.ts'
import * as recordings from './operations/recordings.ts'
import * as sessions from './operations/sessions.ts'
import * as siteChecks from './operations/site-checks.ts'
import * as siteCatalogues from './operations/site-catalogues.ts'
import * as sitePlans from './operations/site-plans.ts'
import * as sites from './operations/sites.ts'
import * as trunks from './operations/trunks.ts'
import * as upkeep from './operations/upkeep.ts'
import * as users from './operations/users.ts'
import * as voicemail from './operations/voicemail.ts'

const { callVerbs: _, ...liveCallOperations } = liveCalls
const { mostPieceBytes: __, ...chatFileOperations } = chatFiles
const {
  mostGreetingBytes: _greeting,
  Mailbox: _box,
  VoiceMessage: _message,
  SharedMailbox: _shared,
  ...voicemailOperations
} = voicemail

/** Everything that the API can do. */
export const operations: readonly Operation[] = [
  ...Object.values(sessions),
  ...Object.values(identityLogins),
  ...Object.values(identityOwn),
  ...Object.values(identityAdministration),
  ...Object.values(companies),
  ...Object.values(users),
  ...Object.values(devices),
  ...Object.values(numbers),
  ...Object.values(trunks),
  ...Object.values(attendant),
  ...Object.values(bindings),
  ...Object.values(liveCallOperations),
  ...Object.values(history),
  ...Object.values(callFeatures),
  ...Object.values(deskSharing),
  ...Object.values(emergencyCalls),
  ...Object.values(erasures),
  ...Object.values(callStories),
  ...Object.values(recordings),
  ...Object.values(portal),
  ...Object.values(callHandling),
  certificates.readCertificate,
  certificates.uploadCertificate,
  certificates.orderCertificate,
  certificates.useOwnCertificate,
  ftps.readFtpsAccess,
  ftps.createFtpsAccount,
  ftps.changeFtpsAccount,
  ftps.renewFtpsPassword,
  ftps.removeFtpsAccount,
  mail.listMails,
  mail.retryMail,
  mail.removeMail,
  mailAccounts.listMailAccounts,
  mailAccounts.createMailAccount,
  mailAccounts.changeMailAccount,
  mailAccounts.removeMailAccount,
  mailAccounts.testMailAccount,
  mailChannel.listMyMailChannels,
  mailChannel.listMailConversations,
  mailChannel.readMailConversation,
  mailChannel.listConversationMails,
  mailChannel.readChannelMail,
  mailChannel.readMailPage,
  mailChannel.readMailSource,
  mailChannel.readMailPart,
  mailChannel.answerMail,
  mailChannel.forwardMail,
  mailChannel.noteMail,
  mailChannel.changeMailState,
  mailChannel.moveMailConversation,
  mailChannel.putMailDraft,
  mailChannel.removeMailDraft,
  mailChannel.addMailFile,
  mailChannel.watchMailConversation,
  mailChannel.decideMailDelivery,
  mailChannel.listMailTemplates,
  conferences.listConferenceRooms,
  conferences.readConferenceRoom,
  conferences.putConferenceRoom,
  conferences.removeConferenceRoom,
  conferences.listConferences,
  conferences.readConference,
  conferences.commandConference,
  ...Object.values(centreFigures),
  replayCentreDay,
  ...Object.values(quality),
  agent.readAgentDesk,
  agent.readAgentMembership,
  agent.setAgentState,
  agent.answerOffer,
  agent.listWaitingWork,
  agent.listWorkReceivers,
  agent.readWork,
  agent.commandWork,
  agent.keepWorkNote,
  agent.addCustomerNote,
  agent.readOwnAgentFigures,
  ...Object.values(webChat),
  ...Object.values(siteCatalogues),
  ...Object.values(sitePlans),
  ...Object.values(sites),
  ...Object.values(configuration),
  ...Object.values(phone),
  ...Object.values(push),
  ...Object.values(presence),
  ...Object.values(calendars),
  ...Object.values(chat),
  ...Object.values(chatFileOperations),
  ...Object.values(chatAdministration),
  ...Object.values(directory),
  ...Object.values(contacts),
  ...Object.values(favourites),
  ...Object.values(externalDirectories),
  ...Object.values(siteChecks),
  ...Object.values(flows),
  ...Object.values(centre),
  ...Object.values(voicemailOperations),
  ...Object.values(upkeep),
  ...Object.values(channels),
  ...Object.values(health),
]
