import { createContext, useContext } from 'react'
import type { Prover } from './prover.ts'
import type { Session } from './session.ts'

export interface Identity {
  readonly session: Session
  readonly prover: Prover
}

export const IdentityContext = createContext<Identity | undefined>(undefined)

/** Who is there, for the screens of logging in. */
export function useIdentity(): Identity {
  const identity = useContext(IdentityContext)
  if (!identity) throw new Error('a screen is drawn without a session')
  return identity
}
