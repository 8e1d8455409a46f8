import { familySeconds } from '../figure.ts'
import { type MachineTime, machineSeconds, threadTimes } from './thread-time.ts'

/** CPU time so far, of the server under load and of this process. */
export interface Machine {
  read(): MachineTime
}

export function machineOf(serverPid: number): Machine {
  return {
    read: () => {
      const { user, system } = process.cpuUsage()
      return {
        atMs: performance.now(),
        serverSeconds: familySeconds(serverPid),
        serverThreads: threadTimes(serverPid),
        loadSeconds: (user + system) / 1e6,
        machineSeconds: machineSeconds(),
      }
    },
  }
}
