export const recordingsEn = { title: 'Recordings', adminTitle: 'Recording' }
