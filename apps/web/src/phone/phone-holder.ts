import { Cell, type Value } from '../base/cell.ts'
import { derive } from '../base/cell.ts'
import { initialState, type PhoneState } from './phone-state.ts'
import type { PhoneRuntime } from './phone-runtime.ts'

/** The telephone once its code is there; the SIP library is fetched beside the first screen, not before it. */
export const phoneHolder = new Cell<PhoneRuntime | undefined>(undefined)

let stopInner = () => {}
const inner = new Cell<PhoneState>(initialState)
phoneHolder.subscribe(() => {
  stopInner()
  const phone = phoneHolder.get()?.phone
  inner.set(phone?.state.get() ?? initialState)
  stopInner = phone?.state.subscribe(() => inner.set(phone.state.get())) ?? (() => {})
})

/** What the telephone is like, whether its code is there yet or not. */
export const phoneState: Value<PhoneState> = inner

/** Something of the state that changes more seldom than all of it. */
export const ofPhone = <T>(read: (state: PhoneState) => T): Value<T> =>
  derive([phoneState], () => read(phoneState.get()))

/** What the screen in sight draws by itself, so that it is not drawn twice: the calls that go on, and calls that ring, by id. */
export const drawnByScreen = { calls: new Cell(false), rings: new Cell<ReadonlySet<string>>(new Set()) }
