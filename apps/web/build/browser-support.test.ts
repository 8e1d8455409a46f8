import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findLateFeatures } from './browser-support.ts'
import { ensureWebBuilt } from './ensure-built.ts'

/** Names in the built app that the oldest browsers do not know, and why that does no harm. */
const harmless: Readonly<Record<string, string>> = {
  'Array.prototype.at': 'src/page/fill-in.ts',
  'Array.prototype.findLast': 'src/page/fill-in.ts',
  'Array.prototype.toSorted': 'src/page/fill-in.ts',
  'Object.hasOwn': 'src/page/fill-in.ts',
  'String.prototype.at': 'src/page/fill-in.ts',
  'String.prototype.replaceAll': 'src/page/fill-in.ts',
  'TypedArray.prototype.at': 'src/page/fill-in.ts',
  'TypedArray.prototype.findLast': 'src/page/fill-in.ts',
  'TypedArray.prototype.toSorted': 'a method of the same name as the one of arrays',
  'Iterator.prototype.flatMap': 'a method of the same name as the one of arrays',
  CSSTransition: 'React Aria looks for it before it uses it',
  Directory: 'a word on screen',
  DocumentTimeline: 'React looks for it before it uses it',
  Keyboard: 'the name of a drawing, and a word on screen',
  Lock: 'the name of a drawing',
  ML: 'part of other words',
  OverconstrainedError: 'the name of an error that is compared as text',
  Report: 'a word on screen',
  Profiler: 'a component of React',
  Subscriber: 'a class of JsSIP',
  TextEvent: 'React looks for it before it uses it',
  ViewTransition: 'a component of React',
}

// The browsers themselves, Chrome 90 and Firefox 74, are not run: Debian has only the present ones.
describe('the web platform that the built app asks for', () => {
  it('is there in Chrome 90, Edge 123 and Firefox 74, or filled in, or guarded', async () => {
    const { folder } = await ensureWebBuilt()
    const found = await findLateFeatures(folder)
    assert.deepEqual(
      found.filter(({ name }) => harmless[name] === undefined),
      [],
    )
  })
})
