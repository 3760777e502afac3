/** To whom a privilege `g` of `aclexplode` is granted, and whether it may be granted further, for a statement that does so. */
export const grantee = "case when g.grantee = 0 then 'public' else g.grantee::regrole::text end";
export const grantOption = "case when g.is_grantable then ' with grant option' else '' end";
