// The obvious tables, and the obvious two statements in a transaction: the claim goes in unless its
// id is there already; user and budget are counted up unless that goes above a limit.

export const SCHEMA = `
create table campaigns (
  id text primary key,
  budget_minor bigint not null,
  reserved_minor bigint not null default 0,
  grants bigint not null default 0,
  check (reserved_minor <= budget_minor)
);
create table users (
  campaign text not null,
  user_id text not null,
  grants int not null,
  money_minor bigint not null,
  primary key (campaign, user_id)
);
create table claims (
  id text primary key,
  campaign text not null,
  user_id text not null,
  offer text not null,
  device text not null,
  ip text not null,
  amount_minor bigint not null,
  granted_at timestamptz not null default now()
);`;

export const INSERT_CLAIM = {
  name: "insert-claim",
  text: `insert into claims (id, campaign, user_id, offer, device, ip, amount_minor)
values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing`,
};

/** $1 campaign, $2 user, $3 amount, $4 grants a user, $5 money a user. */
export const CHARGE = {
  name: "charge",
  text: `with counted as (
  insert into users as u (campaign, user_id, grants, money_minor) values ($1, $2, 1, $3)
  on conflict (campaign, user_id) do update
    set grants = u.grants + 1, money_minor = u.money_minor + $3
    where u.grants + 1 <= $4 and u.money_minor + $3 <= $5
  returning 1
)
update campaigns set reserved_minor = reserved_minor + $3, grants = grants + 1
where id = $1 and reserved_minor + $3 <= budget_minor and exists (select 1 from counted)`,
};
