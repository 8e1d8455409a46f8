/** Under which somebody talks with the dial tone after a flash of the hook; nobody can dial it. */
export const consultingNumber = '!flash'
/** Under which the other side waits meanwhile. */
export const heldNumber = '!held'
