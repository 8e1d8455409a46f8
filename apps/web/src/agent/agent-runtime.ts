import type { App } from '../app/app.ts'
import { AgentDesk, groupWork } from './agent-desk.ts'
import { agentActions } from './actions/agent-actions.ts'
import { agentHolder, isAgentHere, workCount } from './agent-holder.ts'
import type { AgentRuntime } from './agent-services.ts'
import { ChosenCodes } from './chosen-codes.ts'
import { CrmTab } from './crm-tab.ts'
import { CustomerRecords } from './customer-records.ts'
import { allWords } from '../app/speech-choice.ts'
import { phoneState } from '../phone/phone-holder.ts'
import { openApart } from './open-apart.ts'
import { playSound } from './play-sound.ts'
import { TextTarget } from './text-target.ts'
import { WorkNotes } from './work-notes.ts'
import { WorkSounds } from './work-sounds.ts'

/** Looks whether somebody is an agent, and is their place then. @returns ends it */
export function startAgent(app: App): () => void {
  const { api, clock, events, kept } = app
  const desk = new AgentDesk({ api, clock })
  const notes: WorkNotes = new WorkNotes({
    api,
    kept,
    clock,
    userId: app.me.get()?.user.id ?? '',
    onRefused: (itemId, text) => void offerToCopy(app, text, () => notes.done(itemId)),
  })
  const customers = new CustomerRecords({ api, notes })
  const sounds = new WorkSounds({ kept, play: playSound })
  const crm = new CrmTab({ open: openApart })
  const runtime: AgentRuntime = {
    desk,
    notes,
    customers,
    sounds,
    crm,
    texts: new TextTarget(),
    codes: new ChosenCodes(),
  }
  /** Of offers that are not answered yet, by item. */
  const popUrls = new Map<string, string | undefined>()
  let shownReasons: string | undefined
  let stopActions: (() => void) | undefined
  const stops = [
    desk.state.subscribe(() => {
      const state = desk.state.get()
      if (state.isAgent !== true) return
      isAgentHere.set(true)
      workCount.set((state.desk?.offers.length ?? 0) + (state.desk ? groupWork(state.desk.items).active.length : 0))
      agentHolder.set(runtime)
      // The keys of the reasons follow the reasons.
      const reasons = state.place?.reasons.map(({ id, name }) => `${id} ${name}`).join()
      if (stopActions && reasons === shownReasons) return
      shownReasons = reasons
      stopActions?.()
      stopActions = app.actions.add(...agentActions(app, runtime))
    }),
    desk.onOffer((offer) => {
      // A telephone that rings on this page is heard already.
      if (!offer.isByTelephone || phoneState.get().place !== 'here') sounds.announce(offer.item.channel)
      // Known before it is asked for: what is shown first is the customer.
      customers.of(offer.item)
      if (offer.popUrl !== undefined && desk.state.get().place?.popsAt === 'alerting') crm.show(offer.popUrl)
      popUrls.set(offer.item.id, offer.popUrl)
    }),
    desk.onAccepted((item) => {
      const popUrl = popUrls.get(item.id)
      if (popUrl !== undefined && desk.state.get().place?.popsAt === 'answered') crm.show(popUrl)
      popUrls.delete(item.id)
      if (item.state !== 'assigned') return
      desk.choose(item.id)
    }),
    desk.follow(events),
    notes.follow(events),
  ]
  return () => {
    for (const stop of stops) stop()
    stopActions?.()
    agentHolder.set(undefined)
    isAgentHere.set(false)
    workCount.set(0)
  }
}

/** A note that its item left behind: it is in this browser until somebody has copied it. */
async function offerToCopy({ toasts, speech }: App, text: string, onCopied: () => void): Promise<void> {
  await allWords()
  const { agent } = speech.speech.get().words
  toasts.show({
    tone: 'warn',
    text: agent.noteLeft(text.length > 120 ? `${text.slice(0, 120)}…` : text),
    action: { label: agent.texts.copy, run: () => void navigator.clipboard?.writeText(text).then(onCopied, () => {}) },
  })
}
