/** Writes the site of `root`'s docs into the folder `out`, which is emptied. Throws with every dead link where there is one. */
export declare function buildSite(root: string, out: string): { readonly pages: number; readonly files: number }
