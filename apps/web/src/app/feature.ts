import type { ComponentType } from 'react'
import type { Value } from '../base/cell.ts'
import type { IconName } from '../look/icon-name.ts'
import type { Words } from '../words/words.ts'
import type { App, Me } from './app.ts'
import type { RouteParams } from './router.ts'

export interface ScreenProps {
  readonly params: RouteParams
}

/** A page, and where it is. Its code is fetched when somebody goes there. */
export interface Route {
  /** As {@link matchRoute} reads it: `/people/:id?`. */
  readonly pattern: string
  /** It can do with the texts that are there from the first moment. */
  readonly isEarly?: boolean
  readonly load: () => Promise<{ readonly Screen: ComponentType<ScreenProps> }>
  /** Shown to people who are not logged in too. */
  readonly isPublic?: boolean
  /** The screen has the whole window: no navigation around it. */
  readonly isBare?: boolean
}

/** A place in the navigation. */
export interface Place {
  readonly path: string
  readonly label: (words: Words) => string
  readonly icon: IconName
  /** The lower, the nearer to the start. */
  readonly order: number
  /** For whom; everybody if absent. */
  readonly isFor?: (me: Me) => boolean
  /** Whether it is there now, for what only the server knows; always if absent. */
  readonly isShown?: Value<boolean>
  /** A number beside it: unread, missed. 0 shows nothing. */
  readonly count?: Value<number>
}

/** One feature of the web app, as the shell knows it. All its parts are optional but the name. */
export interface WebFeature {
  readonly id: string
  readonly routes?: readonly Route[]
  readonly places?: readonly Place[]
  /**
   * Called once for each login, before any screen of it is drawn: sets services, actions, subscriptions.
   * @returns undoes all that, at log-out
   */
  readonly start?: (app: App) => () => void
  /** In the bar at the top, from left to right by order. */
  readonly bar?: { readonly order: number; readonly Part: ComponentType }
  /** At the side of every screen (a sheet on a phone): calls that go on. */
  readonly Dock?: ComponentType
  /** Drawn above everything, when it draws anything: an incoming call. */
  readonly Overlay?: ComponentType
  /** Sections of the settings page. */
  readonly settings?: readonly {
    readonly id: string
    readonly order: number
    readonly title: (words: Words) => string
    readonly icon: IconName
    readonly load: () => Promise<{ readonly Section: ComponentType }>
    readonly isFor?: (me: Me) => boolean
  }[]
}
