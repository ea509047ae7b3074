-- A role for each service, which may log in and nothing else: the rights on its schemas are given with these, at the start of the
-- service (infra/decisions/database-roles.md). Harmless when repeated. Passwords: psql -v enrolment=… -v scheduling=… and so on.
create temporary table service_roles as
  select 'stages_' || service as role, password
  from (values ('enrolment', :'enrolment'), ('scheduling', :'scheduling'), ('notification', :'notification'),
    ('classroom', :'classroom'), ('portal', :'portal')) as given (service, password);
select format('create role %I login', role) from service_roles where role not in (select rolname from pg_roles) \gexec
select format('alter role %I password %L', role, password) from service_roles \gexec
