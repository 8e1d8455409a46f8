import type { CallId, CompanyId, LegId, UserId } from '@vaxel/base'
import type {
  CallRecord,
  ChannelMailId,
  ChatSiteId,
  KeptRecording,
  MailAccountId,
  MailboxId,
  MailConversationId,
  QueueId,
  RecordingId,
  VoiceMessageId,
  WebChatId,
  WorkItemId,
} from '@vaxel/core'
import { demoDomain } from '../demo/load-demo-company.ts'
import type { Store } from '../open-store.ts'

/** Who is known by a number and an address, and left traces wherever somebody can. */
export interface Known {
  readonly key: string
  readonly number: string
  readonly address: string
}

const atMs = Date.UTC(2026, 0, 5, 9)

/**
 * Two calls that are over (one in which they are only handed over to), one that goes on, one that is recorded; a voice message; a visit of a queue that is
 * over with a remark, one that waits; two conversations by mail and two chats, one of each open.
 */
export async function leaveTraces(store: Store, { key, number, address }: Known): Promise<CompanyId> {
  const anna = store.directory.userByAddress(demoDomain, '201')!
  const { companyId } = anna
  await leaveCalls(store, { companyId, userId: anna.id, key, number })
  const box = { id: anna.id as string as MailboxId, companyId, userId: anna.id, settings: {}, greetings: [] }
  await store.voicemail.putMailbox(box)
  await store.voicemail.put({
    id: `${key}-voice` as VoiceMessageId,
    boxId: box.id,
    companyId,
    state: 'saved',
    atMs,
    from: { number, name: key },
    file: `voicemail/${companyId}/${key}`,
    durationMs: 4000,
    sizeBytes: 64_000,
  })
  await leaveVisits(store, companyId, { key, number, address }, anna.id)
  await leaveMails(store, companyId, key, address)
  for (const state of ['over', 'open'])
    await store.webChats.put(
      {
        id: `${key}-chat-${state}` as WebChatId,
        companyId,
        siteId: 'site' as ChatSiteId,
        siteName: 'Shop',
        keyHash: `${key}-${state}`,
        startedAtMs: atMs,
        ...(state === 'over' ? { endedAtMs: atMs } : {}),
        name: key,
        // As it was typed.
        address: address.toUpperCase(),
        language: 'en',
        queueId: 'sales' as QueueId,
        transcripts: 0,
        keepUntilMs: atMs,
      },
      [],
    )
  return companyId
}

async function leaveCalls(
  store: Store,
  { companyId, userId, key, number }: { companyId: CompanyId; userId: UserId; key: string; number: string },
): Promise<void> {
  const party = { number, name: key }
  const write = async (id: string, more: Partial<CallRecord>, of: Partial<CallRecord> = {}) => {
    const call: CallRecord = {
      id: id as CallId,
      companyId,
      direction: 'inbound',
      startedAtMs: atMs,
      caller: party,
      dialled: '201',
      called: { number: '201', userId },
      ...more,
      ...of,
    }
    const leg = {
      id: `${id}-a` as LegId,
      callId: call.id,
      companyId,
      role: 'caller' as const,
      party,
      startedAtMs: atMs,
    }
    const event = { kind: 'call.originated', atMs, companyId, callId: call.id, data: { number } }
    await store.ledger.append({ call, legs: [leg], events: [event] })
  }
  const ended = { endedAtMs: atMs + 60_000 }
  await write(`${key}-a`, ended)
  await write(`${key}-b`, ended, { caller: { number: '202' }, dialled: '203', called: { number: '203' } })
  await write(`${key}-c-open`, {})
  await write(`${key}-d-recorded`, ended)
  const recording: KeptRecording = {
    id: `${key}-recording` as RecordingId,
    companyId,
    callId: `${key}-d-recorded` as CallId,
    legId: `${key}-d-recorded-a` as LegId,
    party,
    other: { number: '201', userId },
    direction: 'inbound',
    trigger: 'rule',
    startedAtMs: atMs,
    file: `recordings/${companyId}/${key}.vxs`,
    state: 'running',
    pauses: [],
  }
  await store.recordingStore.begin(recording, { kind: 'recording.started', atMs, companyId, data: {} })
  await store.recordingStore.finish(recording, () => ({ kind: 'recording.ended', atMs, companyId, data: {} }))
}

async function leaveVisits(
  store: Store,
  companyId: CompanyId,
  { key, number, address }: Known,
  agentId: UserId,
): Promise<void> {
  const queueId = 'sales' as QueueId
  for (const state of ['over', 'open'] as const) {
    const of = { itemId: `${key}-visit-${state}` as WorkItemId, queueId, channel: 'call' as const, atMs }
    const customer = state === 'over' ? { name: key, number } : { name: key, address }
    const item = { id: of.itemId, queueId, channel: of.channel, customer, sinceMs: atMs, priority: 3, needs: [] }
    await store.work.record(companyId, {
      facts: [
        { kind: 'work.arrived', ...of, customer, subject: `About ${key}`, priority: 3, sinceMs: atMs, needs: [] },
        ...(state === 'over'
          ? [
              { kind: 'work.finished' as const, ...of, agentId, handledMs: 9000, by: 'agent' as const },
              { kind: 'work.wrappedUp' as const, ...of, agentId, wrapMs: 5000, note: `${key}!`, isForced: false },
            ]
          : []),
      ],
      items: [item],
    })
  }
  await store.work.addRemark({ id: `${key}-r`, companyId, customerKey: number, atMs, by: agentId, text: `Of ${key}` })
}

async function leaveMails(store: Store, companyId: CompanyId, key: string, address: string): Promise<void> {
  const accountId = 'box' as MailAccountId
  const server = { host: 'imap.test', port: 993, security: 'tls' as const }
  await store.mailChannel.putAccount(
    {
      id: accountId,
      companyId,
      name: 'Support',
      address: 'support@shop.test',
      aliases: [],
      isOn: false,
      reading: {
        protocol: 'imap',
        server,
        login: 'support',
        folder: 'INBOX',
        after: 'read',
        first: 'all',
        pollSeconds: 60,
        mostBytes: 1_000_000,
      },
      login: { kind: 'password' },
      members: [],
      createdAtMs: 1,
    },
    {},
  )
  const body = await store.mailFiles.write(companyId, Buffer.from('{"text":"words"}'))
  for (const state of ['closed', 'open'] as const) {
    const id = `${key}-mail-${state}`
    const of = { companyId, accountId, subject: `Of ${key}` }
    const conversation = {
      ...of,
      id: id as MailConversationId,
      state,
      customer: { address },
      startedAtMs: atMs,
      lastAtMs: atMs,
      token: `token-${id}`,
      revision: 1,
      mails: 1,
      hasBounced: false,
    }
    const mail = {
      ...of,
      id: id as ChannelMailId,
      conversationId: conversation.id,
      kind: 'in' as const,
      atMs,
      nature: 'person' as const,
      preview: '',
      body,
      replyTo: [],
      to: [],
      cc: [],
      references: [],
      reports: [],
      parts: [],
      hasRemoteImages: false,
      isRead: true,
      isCut: false,
      repeats: 0,
    }
    const receipt = { accountId, key: id, fingerprint: id, isSettled: true, atMs }
    await store.mailChannel.receive({ mail, conversation, receipt, events: [] })
  }
}
