@echo off
rem The command millrace of an installed Millrace: put this folder into PATH. Without a window and without an installed Node.
if "%~1"=="" goto app
if /i "%~x1"==".json" goto app
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0millrace-app.exe" "%~dp0resources\app.asar\dist\pipeline-runtime\cli\main.js" %*
exit /b %ERRORLEVEL%
:app
start "" "%~dp0millrace-app.exe" %*
