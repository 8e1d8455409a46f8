import type { Trunk, TrunkFault, TrunkTarget } from '@vaxel/core'
import type { Flow, SipRequest } from '@vaxel/sip'

/** What calls ask of trunks as they are now (features/trunks). Without it they are as they are configured. */
export interface TrunkWays {
  /** Whose call this is, if a trunk's. */
  trunkOf(request: SipRequest, flow: Flow): Trunk | undefined
  /** Targets in the order in which they are to be asked; those that are down come last. */
  inOrder(trunk: Trunk): readonly TrunkTarget[]
  isDown(trunk: Trunk): boolean
  /** Where an INVITE to a target is sent, through whom, and by whose word TLS is trusted. */
  wayTo(
    trunk: Trunk,
    target: TrunkTarget,
  ): { readonly nextHop?: string; readonly routes?: readonly string[]; readonly trust?: string }
  /** By whose word TLS to the trunk is trusted, as the transport knows it. */
  trustOf(trunk: Trunk): string | undefined
  /** The address that a target was last seen at. */
  addressOf(trunk: Trunk, target: TrunkTarget): string | undefined
  /** A call showed that a target is there, or that it is not. */
  noteCall(trunk: Trunk, target: TrunkTarget, fault: TrunkFault | undefined): void
}
