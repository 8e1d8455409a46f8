import { familySeconds } from '../figure.ts'

/** CPU time so far, of the server under load and of this process. */
export interface Machine {
  read(): { readonly serverSeconds: number; readonly loadSeconds: number }
}

export function machineOf(serverPid: number): Machine {
  return {
    read: () => {
      const { user, system } = process.cpuUsage()
      return { serverSeconds: familySeconds(serverPid), loadSeconds: (user + system) / 1e6 }
    },
  }
}
