/** The one door to the component library; see docs/decisions. */
export * from 'react-aria-components'
