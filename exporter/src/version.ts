// The package's name and version, as spans and requests tell them; a test compares with package.json.

export const SDK_NAME = '@hanzo/insights'
export const SDK_VERSION = '0.1.0'
