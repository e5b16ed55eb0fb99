create table if not exists secret (
    name text primary key,
    value text not null
) strict;

create table if not exists organization (
    slug text primary key,
    name text not null,
    type text not null
) strict;

create table if not exists database_group (
    organization text not null references organization (slug),
    name text not null,
    uuid text not null,
    primary key (organization, name)
) strict;

create table if not exists database (
    id text primary key,
    organization text not null references organization (slug),
    database_group text not null,
    name text not null,
    size_limit text,
    block_reads integer not null default 0,
    block_writes integer not null default 0,
    delete_protection integer not null default 0,
    allowed_ips text not null default '',
    allowed_aws_vpc_ids text not null default '',
    parent_id text,
    parent_name text,
    branched_at text,
    unique (organization, name)
) strict;

create table if not exists query_count (
    database text not null,
    minute integer not null,
    query text not null,
    times integer not null,
    rows_read integer not null,
    rows_written integer not null,
    micros integer not null,
    primary key (database, minute, query)
) strict;

create table if not exists audit (
    id integer primary key,
    created_at text not null,
    organization text,
    author text,
    client text,
    action text not null,
    target text not null,
    status integer not null
) strict;

create index if not exists audit_by_organization on audit (organization, id);

create table if not exists client (
    id text primary key,
    issued_at integer not null,
    metadata text not null
) strict;

create table if not exists access_grant (
    id text primary key,
    created_at integer not null,
    subject text not null,
    client text not null,
    organization text not null,
    database_group text,
    scopes text not null,
    revoked integer not null default 0
) strict;

create table if not exists refresh_token (
    hash text primary key,
    access_grant text not null references access_grant (id),
    expires_at integer not null,
    used integer not null default 0
) strict;
