// Before `npm pack`, which puts the command line with its page into an archive: nothing stale is in it, and the licences of what the page
// is made of are.
import path from 'node:path'
import { root } from '../bootstrap.mjs'
import { bundledPackages, npmLicences, writeLicences } from './licences.mjs'
import { removeStaleFiles } from './stale-files.mjs'

removeStaleFiles()
writeLicences(path.join(root, 'dist/licences'), { 'page.txt': npmLicences(bundledPackages(path.join(root, 'dist/renderer'))) })
