import { createContext, useContext } from 'react'
import { useValue } from '../base/use-value.ts'
import type { App, Me } from './app.ts'

export const AppContext = createContext<App | undefined>(undefined)

/** The app that a screen belongs to. */
export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('a screen is drawn without an app')
  return app
}

/** Who is logged in. Only for screens that need a login. */
export function useMe(): Me {
  const me = useValue(useApp().me)
  if (!me) throw new Error('this screen needs a login')
  return me
}
