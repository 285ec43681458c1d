import path from 'node:path'
import { BootstrapError, run } from '../bootstrap.mjs'

/** A .tar.gz of a folder that is the same for the same content: names in order, one time, no owner. */
export async function writeArchive({ folder, file, epoch, level }) {
  const order = ['--sort=name', `--mtime=@${epoch}`, '--owner=0', '--group=0', '--numeric-owner', '--format=gnu']
  const args = [...order, `--use-compress-program=gzip -n -${level}`, '-C', path.dirname(folder), '-cf', file, path.basename(folder)]
  const code = await run('tar', args, { stdio: ['ignore', 'ignore', 2] })
  if (code !== 0) throw new BootstrapError(`tar could not write ${file}; its message stands above.`)
}
