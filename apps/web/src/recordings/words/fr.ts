export const recordingsFr = { title: 'Enregistrements', adminTitle: 'Enregistrement' }
