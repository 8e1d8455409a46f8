import type { Plugin } from 'esbuild'

/** Dialogs of events: presence and lamps come to the app by its own stream of events. */
const unused = /jssip[/\\]lib[/\\](Subscriber|Notifier)\.js$/

/** Leaves out of the SIP library what the app never makes, and what the library makes by its user's wish alone. */
export const leanSip: Plugin = {
  name: 'lean-sip',
  setup(build) {
    build.onLoad({ filter: unused }, () => ({ contents: 'module.exports = class {}', loader: 'js' }))
  },
}
