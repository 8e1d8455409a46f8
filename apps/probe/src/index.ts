export { type ProbeOutput, type ProbeTyped, runProbeCommand } from './probe-command.ts'
export { probeExitText, probeFlags } from './probe-flags.ts'
