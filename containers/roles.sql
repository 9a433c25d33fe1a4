-- Run once, as the server's owner, when the database is made: who may write to collections, and who may only read them.
-- Whatever the librarian makes, the onlooker may read.
\set ON_ERROR_STOP on
\set librarian `cat /run/secrets/librarian`
\set onlooker `cat /run/secrets/onlooker`
CREATE EXTENSION vector;
CREATE ROLE librarian LOGIN PASSWORD :'librarian';
CREATE ROLE onlooker LOGIN PASSWORD :'onlooker';
GRANT CREATE ON DATABASE :"DBNAME" TO librarian;
ALTER DEFAULT PRIVILEGES FOR ROLE librarian GRANT USAGE ON SCHEMAS TO onlooker;
ALTER DEFAULT PRIVILEGES FOR ROLE librarian GRANT SELECT ON TABLES TO onlooker;
