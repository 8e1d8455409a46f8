import type { Clock, LegId } from '@vaxel/base'
import type { CallLedger, LegQuality, MediaEvent, Notices } from '@vaxel/core'
import type { BrowserLegs } from './browser-legs.ts'
import type { CallOwner } from './call-owner.ts'
import type { CallRegister } from './call-register.ts'
import type { DirectAudio } from './direct/direct-audio.ts'
import type { FaxRelay } from './fax/fax-relay.ts'
import type { HookFlash } from './hook/hook-flash.ts'
import { LineNews, qualityNotice } from './live-quality.ts'
import type { VoiceLines } from './voice/voice-lines.ts'
import { isWithService } from './voice/with-service.ts'

type NewsOf<Kind extends MediaEvent['kind']> = Extract<MediaEvent, { kind: Kind }>

export interface MediaNewsOptions {
  readonly clock: Clock
  readonly ledger: Pick<CallLedger, 'noteAudio'>
  readonly register: Pick<CallRegister, 'legOfMedia'>
  readonly voice: VoiceLines
  readonly browsers: BrowserLegs
  readonly hook: HookFlash
  readonly fax: FaxRelay
  readonly direct: DirectAudio
  /** How long a peer that had sent audio may be silent before its call ends. */
  readonly mediaTimeoutMs: number
  /** Where people are told how their line is; nobody is told if absent. */
  readonly notices?: Pick<Notices, 'publish'>
  /** A sentence has come to its end. @returns whether the caller stays on the line */
  said(owner: CallOwner): boolean
  /** A key of somebody who talks with a service, or hears why they cannot be put through. */
  keyPressed(owner: CallOwner, leg: LegId, key: string): void
}

/** What the media of calls tell, brought to whom it is of use. */
export class MediaNews {
  readonly #options: MediaNewsOptions
  readonly #lines = new LineNews()

  constructor(options: MediaNewsOptions) {
    this.#options = options
  }

  hear(event: MediaEvent): void {
    const { register, voice, browsers, direct, fax, hook } = this.#options
    if (event.kind === 'recordingEnded') return void voice.recordingEnded(event)
    if (event.kind === 'recordingTroubled') return voice.recordingTroubled(event)
    if (event.kind === 'mixLevels') return
    const found = register.legOfMedia(event.leg)
    if (!found) return
    const { owner, leg } = found
    switch (event.kind) {
      case 'quality':
        return this.#quality(owner, leg, event)
      case 'playEnded':
        if (!voice.onMedia(owner.id, event)) this.#playEnded(owner)
        return
      case 'quiet':
        return browsers.quiet(event.leg, event.sinceMs)
      case 'heard':
        return browsers.heard(event.leg)
      case 'silent':
        return this.#silent(owner, leg, event.sinceMs)
      case 'failed':
        return lost(owner, leg, 'media-failed', event.reason)
      case 'digit':
        return event.digit === '!' ? hook.flashed(owner, leg) : this.#digit(owner, leg, event)
      case 'fax':
        return void fax.detected(owner, leg, event.tone)
      case 'audioWanted':
        return direct.wanted(owner)
      case 'audioStarted': {
        const sipLeg = owner.legs.get(leg)
        if (sipLeg) sipLeg.hasSentAudio = true
        voice.onMedia(owner.id, event)
        return
      }
    }
  }

  /** The last audio goes into the ledger's time; people in a browser are told how their line is while they talk. */
  #quality(owner: CallOwner, id: LegId, { lastAudioAtMs, recent }: NewsOf<'quality'>): void {
    const { clock, ledger, notices } = this.#options
    if (lastAudioAtMs !== undefined)
      ledger.noteAudio([{ callId: owner.id, atMs: owner.nowMs() - (clock.now() - lastAudioAtMs) }])
    if (recent && notices) this.#noticeQuality(owner, id, recent, notices)
  }

  #noticeQuality(owner: CallOwner, id: LegId, recent: LegQuality, notices: Pick<Notices, 'publish'>): void {
    const leg = owner.state.call.legs.get(id)
    const userId = leg?.party.userId
    const line = owner.legs.get(id)
    if (!leg || !userId || leg.answeredAtMs === undefined || !line?.isBrowser) return
    if (!this.#lines.isNews(line, recent)) return
    const party = { ...leg.party, userId }
    notices.publish(qualityNotice(owner.state.call, { ...leg, party }, recent, this.#options.clock.now()))
  }

  #silent(owner: CallOwner, leg: LegId, sinceMs: number): void {
    // Who is away is waited for by a timer of its own.
    if (owner.state.call.legs.get(leg)?.interruption) return
    if (sinceMs >= this.#options.mediaTimeoutMs && owner.legs.get(leg)?.hasSentAudio)
      lost(owner, leg, 'media-timeout', 'No audio came from this side any more.')
    else noteSilence(owner, leg, sinceMs)
  }

  #digit(owner: CallOwner, leg: LegId, { digit, durationMs }: NewsOf<'digit'>): void {
    const { state } = owner
    if (isWithService(state, leg) || state.name === 'refusing') return this.#options.keyPressed(owner, leg, digit)
    if (this.#options.hook.key(owner, leg, digit)) return
    const counterpart = state.name === 'connected' ? owner.legs.get(leg === state.a ? state.b : state.a) : undefined
    if (counterpart?.summary?.dtmf === 'info') owner.passDigit(leg, digit, durationMs)
  }

  #playEnded(owner: CallOwner): void {
    if (this.#options.said(owner)) return
    const { state } = owner
    if (state.name === 'refusing') return owner.dispatch({ kind: 'announcementEnded' })
    if (state.name === 'inService' && state.service !== 'echo' && state.service !== 'conference')
      owner.clear({ blame: 'us', reason: 'service-not-available', text: 'This service is not available yet.' })
  }
}

/** One-way audio is told while people still wonder about it; once for each leg, as silence is reported again and again. */
function noteSilence(owner: CallOwner, id: LegId, sinceMs: number): void {
  const leg = owner.legs.get(id)
  const party = owner.state.call.legs.get(id)
  if (!leg || leg.isSilenceTold || party?.connection !== 'connected') return
  leg.isSilenceTold = true
  const seconds = Math.round(sinceMs / 1000)
  const since = leg.hasSentAudio ? `for ${seconds} s` : 'since it answered'
  const cause = 'its network lets none through to us, or sends it from an address that we have no proof of'
  const text = `One-way audio: no packet from ${party.party.number} ${since}; ${cause}.`
  owner.dispatch({ kind: 'noticed', leg: id, code: 'no-audio-from', text })
}

function lost(owner: CallOwner, leg: LegId, reason: string, text: string): void {
  const party = owner.state.call.legs.get(leg)
  if (!party || party.connection === 'hold') return
  const blame = party.trunkId === undefined ? party.role : 'trunk'
  owner.dispatch({ kind: 'mediaLost', leg, termination: { blame, reason, text } })
}
